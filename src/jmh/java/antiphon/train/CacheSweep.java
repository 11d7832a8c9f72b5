package antiphon.train;

/**
 * What neighbours do to the caches between two events of a musician: a buffer larger than any cache is read and
 * written, and the next event comes no sooner than 5 ms after the last. Spins, because benches measure no wake-ups.
 */
public final class CacheSweep {
    private static final int BYTES = 64 << 20;
    private static final int LINE_LONGS = 8;
    private static final long EVERY_NANOS = 5_000_000;

    private final long[] swept = new long[BYTES / Long.BYTES];
    private long dueNanos = System.nanoTime();

    /** Sweeps, then waits until the next event is due. */
    public void run() {
        for (int i = 0; i < swept.length; i += LINE_LONGS) {
            swept[i]++;
        }
        while (System.nanoTime() < dueNanos) {
            Thread.onSpinWait();
        }
        dueNanos = System.nanoTime() + EVERY_NANOS;
    }
}
