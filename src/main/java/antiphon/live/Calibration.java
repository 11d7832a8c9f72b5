package antiphon.live;

import antiphon.improv.Control;
import antiphon.music.Message;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long the synthesiser takes to sound: sends clicks, by the output like everything else, to which the human
 * taps along on any key. While it lasts the partner plays nothing, and what is tapped is no music. One at a time; any cold
 * thread may begin it, ask and end it.
 */
public final class Calibration {
    private static final int CLICKS = 18;
    private static final int IGNORED = 4;
    private static final long PERIOD_NANOS = 600_000_000L;

    /** Until the first click, for the hand to find a key. */
    private static final int PERIODS_BEFORE = 3;

    /** So far ahead a click is ordered. */
    private static final long AHEAD_NANOS = 250_000_000L;

    private static final long LOOK_NANOS = 10_000_000L;

    private final Tap tap;
    private final Controls controls;
    private final long periodNanos;

    /** Held by whoever begins or ends it. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Run running;
    private volatile State state = State.IDLE;

    /** What it does. */
    public enum Phase {
        IDLE,
        RUNNING,
        DONE,
        /** It has ended without a result. */
        REFUSED
    }

    /**
     * How far it is.
     *
     * @param clicks that have left
     * @param ofClicks how many there are
     * @param taps that count so far
     * @param offsetMillis what the setting should be; null if that is not known
     * @param line for people: what to do, what was measured, or why it cannot be said
     */
    public record State(Phase phase, int clicks, int ofClicks, int taps, @Nullable Integer offsetMillis, String line) {
        static final State IDLE = new State(
                Phase.IDLE,
                0,
                CLICKS,
                0,
                null,
                "Clicks are played by your synthesiser, or by the piano of the page. Tap along on any key.");
    }

    /** @param controls of the session whose tap this is */
    public Calibration(Tap tap, Controls controls) {
        this(tap, controls, PERIOD_NANOS);
    }

    Calibration(Tap tap, Controls controls, long periodNanos) {
        this.periodNanos = periodNanos;
        this.tap = tap;
        this.controls = controls;
    }

    /** How far it is now. */
    public State state() {
        return state;
    }

    /** Begins, unless it runs: then that goes on. */
    public void begin() {
        lock.lock();
        try {
            if (running == null || !running.thread.isAlive()) {
                state = new State(Phase.RUNNING, 0, CLICKS, 0, null, "Tap along with the clicks, on any key.");
                running = new Run(tap.newReader());
                running.thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, or forgets its result. Returns when no more clicks are ordered and what is played is music again. */
    public void end() {
        lock.lock();
        try {
            if (running != null) {
                running.stop();
                running = null;
            }
            state = State.IDLE;
        } finally {
            lock.unlock();
        }
    }

    private final class Run implements Runnable {
        private final Tap.Reader reader;
        private volatile boolean stopped;
        private final Thread thread =
                Thread.ofPlatform().daemon().name("antiphon-calibration").unstarted(this);
        private TapsAlong taps = new TapsAlong(0, PERIOD_NANOS, 0, 0);

        Run(Tap.Reader reader) {
            this.reader = reader;
        }

        void stop() {
            stopped = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try {
                State end = controls.apply(Control.CALIBRATE, 1)
                        ? measure()
                        : refused(
                                "The engine did not take the order within a second. Are too many messages coming in?");
                state = stopped ? State.IDLE : end;
            } finally {
                controls.apply(Control.CALIBRATE, 0);
            }
        }

        private State measure() {
            taps = new TapsAlong(System.nanoTime() + PERIODS_BEFORE * periodNanos, periodNanos, CLICKS, IGNORED);
            int ordered = 0;
            long endNanos = taps.clickNanos(CLICKS);
            while (!stopped && System.nanoTime() - endNanos < 0) {
                if (ordered < CLICKS && taps.clickNanos(ordered) - System.nanoTime() < AHEAD_NANOS) {
                    if (!controls.submit(Control.CLICK, taps.clickNanos(ordered))) {
                        return refused("The engine takes no more orders. Are too many messages coming in?");
                    }
                    ordered++;
                }
                while (reader.read(this::take)) {
                    // It has been taken.
                }
                state = new State(Phase.RUNNING, ordered, CLICKS, taps.taps(), null, state.line());
                LockSupport.parkNanos(LOOK_NANOS);
            }
            TapsAlong.Judged judged = taps.judged();
            Optional<Integer> offset = judged.offsetMillis();
            return new State(
                    offset.isPresent() ? Phase.DONE : Phase.REFUSED,
                    ordered,
                    CLICKS,
                    judged.taps(),
                    offset.orElse(null),
                    judged.line());
        }

        private static State refused(String line) {
            return new State(Phase.REFUSED, 0, CLICKS, 0, null, line);
        }

        private void take(Tap.Entry entry) {
            if (entry.what() == Tap.COMMANDED && entry.value() == Tap.TAPPED && Message.isNoteOn(entry.message())) {
                taps.tap(entry.nanos());
            } else if (entry.what() == Tap.CONTROL && entry.message() == Control.PANIC.number()) {
                stopped = true;
            }
        }
    }
}
