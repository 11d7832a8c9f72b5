package antiphon.live;

import antiphon.HotPath;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long something takes, since the start and in the last minute. Any number of threads write; none of them waits or
 * allocates. Cold threads read, one after another.
 *
 * <p>Why a {@link Recorder} and not one histogram that all share: a reader would see a value counted that its bucket
 * does not hold yet, and could never forget what is over a minute old. The recorder hands readers a histogram that
 * nobody writes to any more, and writers pay one counter for it.
 */
public final class Meter {
    /** The longest span that is counted; what took longer counts as this. */
    static final long LONGEST_NANOS = 10_000_000_000L;

    /** Significant decimal digits: a value is told within one per cent; clocks and schedulers are not steadier. */
    static final int DIGITS = 2;

    /** The last minute is told in steps, so that the oldest can be forgotten. */
    private static final int STEPS = 6;

    private static final long STEP_NANOS = 10_000_000_000L;

    private final String name;
    private final String from;
    private final String to;
    private final LongSupplier nanoClock;
    private final Recorder recorder = new Recorder(LONGEST_NANOS, DIGITS);

    /** Held by readers alone: it guards everything below. */
    private final ReentrantLock reading = new ReentrantLock();

    private final Histogram sinceStart = new Histogram(DIGITS);
    private final Histogram[] steps = new Histogram[STEPS];
    private Histogram taken = recorder.getIntervalHistogram();
    private volatile long step;

    /**
     * Makes a meter that has measured nothing.
     *
     * @param name in status documents, without a unit
     * @param from where a span begins, for people
     * @param to where it ends
     */
    Meter(String name, String from, String to, LongSupplier nanoClock) {
        this.name = name;
        this.from = from;
        this.to = to;
        this.nanoClock = nanoClock;
        for (int i = 0; i < STEPS; i++) {
            steps[i] = new Histogram(DIGITS);
        }
        step = Math.floorDiv(nanoClock.getAsLong(), STEP_NANOS);
    }

    /** Adds a span. What is negative counts as 0, what is too long as {@link #LONGEST_NANOS}. */
    @HotPath
    void record(long nanos) {
        recorder.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
    }

    /** In status documents, without a unit. */
    public String name() {
        return name;
    }

    /** Where a span begins, in words for people. */
    public String from() {
        return from;
    }

    /** Where it ends. */
    public String to() {
        return to;
    }

    /** Spans since the start. */
    public long count() {
        return sinceStart().getTotalCount();
    }

    /** All spans since the start; the caller's own. Cold threads. */
    public Histogram sinceStart() {
        reading.lock();
        try {
            take();
            return sinceStart.copy();
        } finally {
            reading.unlock();
        }
    }

    /** The spans of the last 50 to 60 seconds; the caller's own. Cold threads. */
    public Histogram lastMinute() {
        reading.lock();
        try {
            take();
            Histogram minute = new Histogram(DIGITS);
            for (Histogram each : steps) {
                minute.add(each);
            }
            return minute;
        } finally {
            reading.unlock();
        }
    }

    /** Call at least every few seconds: what was measured is taken to be of the step in which it is collected. */
    void roll() {
        if (Math.floorDiv(nanoClock.getAsLong(), STEP_NANOS) == step) {
            return;
        }
        reading.lock();
        try {
            take();
        } finally {
            reading.unlock();
        }
    }

    private void take() {
        taken = recorder.getIntervalHistogram(taken);
        if (taken.getTotalCount() > 0) {
            sinceStart.add(taken);
            steps[Math.floorMod(step, STEPS)].add(taken);
        }
        long now = Math.floorDiv(nanoClock.getAsLong(), STEP_NANOS);
        for (long next = Math.max(step + 1, now - STEPS + 1); next <= now; next++) {
            steps[Math.floorMod(next, STEPS)].reset();
        }
        step = now;
    }
}
