package antiphon.midi;

import antiphon.HotPath;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The turns in which one thread hands over what has come in, for whoever must know that a receiver is not called any more. */
public final class Deliveries {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final long STEP_NANOS = 200_000L;

    /** Odd while something is handed over. */
    private final AtomicLong turns = new AtomicLong();

    /** From now on something is handed over. */
    @HotPath
    public void begin() {
        turns.incrementAndGet();
    }

    /** Nothing more; nothing happens if no turn has begun. The same thread. */
    @HotPath
    public void end() {
        if (turns.get() % 2 != 0) {
            turns.incrementAndGet();
        }
    }

    /**
     * Returns when what is being handed over now has been, unless that hangs.
     *
     * @param handing the thread that hands over: it does not wait for itself
     */
    public void awaitEnd(Thread handing) {
        long turn = turns.get();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (turn % 2 != 0
                && turns.get() == turn
                && Thread.currentThread() != handing
                && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
