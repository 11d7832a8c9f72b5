package antiphon.live;

import antiphon.HotPath;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the live path counts and times about itself. Written on the hot path without allocating. Any thread may read at
 * any time; values of different meters are not of the same moment.
 */
public final class Meters {
    /** Messages taken from inputs. */
    public final AtomicLong messagesIn = new AtomicLong();

    /** Messages dropped because the in ring was full. */
    public final AtomicLong inRingDrops = new AtomicLong();

    /** Note-ons dropped because the out ring was full. */
    public final AtomicLong outRingDrops = new AtomicLong();

    /** Messages that a port did not take. */
    public final AtomicLong portRefusals = new AtomicLong();

    /**
     * Note-ons that were handed over late by {@link antiphon.music.Lateness}, and played. A port that schedules by itself
     * counts those that it lets leave late.
     */
    public final AtomicLong lateNotes = new AtomicLong();

    /** Note-ons that were dropped at the hand-over because they were too late. */
    public final AtomicLong droppedLateNotes = new AtomicLong();

    /** Exceptions and errors caught on the engine or sender thread; all notes were released each time. */
    public final AtomicLong failures = new AtomicLong();

    /** Answer messages handed to a port. */
    public final AtomicLong messagesOut = new AtomicLong();

    private final LongSupplier nanoClock;

    /** From a message's arrival until thru had handed it to the port. */
    public final Meter inToThruNanos;

    /** From a message's arrival until the network had taken it in and decided what next. */
    public final Meter inToHeardNanos;

    /** From a message's arrival until the message that answers it at once was on its way out. */
    public final Meter inToDecidedNanos;

    /**
     * From a message's arrival until the message that answers it at once left: until it was handed to the port, or was
     * due if it was handed over before that. "At once" means: sent while the improviser hears the message. That is a
     * note of harmony, or the end of an answer which the human interrupts; an answer after a rest answers no message in
     * particular.
     */
    public final Meter inToAnswerNanos;

    /**
     * From a note's arrival until the first event was planned that takes the place of those which it made useless: of a
     * part that plays at the same time as the human.
     */
    public final Meter inToPlannedNanos;

    /** From when the engine began to take in what had come until it had decided what next. */
    public final Meter engineNanos;

    /** From when an answer's message was due until it was handed to the port; early counts as 0. */
    public final Meter sentMinusDueNanos;

    private final List<Meter> all;

    /** Of a live path. */
    public Meters() {
        this(System::nanoTime);
    }

    Meters(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        String arrival = "your message arrived (JACK: one period before its frame is processed)";
        inToThruNanos = meter("inToThru", arrival, "thru had handed it to the port");
        inToHeardNanos = meter("inToHeard", arrival, "the network had taken it in and decided what next");
        inToDecidedNanos =
                meter("inToDecided", arrival, "the engine had decided on the message that answers it at once");
        inToAnswerNanos = meter("inToAnswer", arrival, "the message that answers it at once left, or was due if later");
        inToPlannedNanos = meter("inToPlanned", arrival, "the first event was planned anew (duet)");
        engineNanos = meter("engine", "the engine began to take in what had come", "it had decided what next");
        sentMinusDueNanos = meter("sentMinusDue", "a message of the answer was due", "it was handed to the port");
        all = List.of(
                inToThruNanos,
                inToHeardNanos,
                inToDecidedNanos,
                inToAnswerNanos,
                inToPlannedNanos,
                engineNanos,
                sentMinusDueNanos);
    }

    private Meter meter(String name, String from, String to) {
        return new Meter(name, from, to, nanoClock);
    }

    /** Begins the next step of the last minute. A cold thread calls it every few seconds at least. */
    void roll() {
        all.forEach(Meter::roll);
    }

    /** All that is timed. */
    public List<Meter> all() {
        return all;
    }

    /** Adds a span to one of the meters. */
    @HotPath
    static void record(Meter meter, long nanos) {
        meter.record(nanos);
    }
}
