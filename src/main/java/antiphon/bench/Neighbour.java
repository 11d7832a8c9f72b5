package antiphon.bench;

import java.util.concurrent.locks.LockSupport;

/** A thread that makes garbage in the JVM of the program that is measured, so that the collector always works. */
public final class Neighbour {
    private static final long ROUND_NANOS = 1_000_000L;
    private static final long ROUNDS_PER_SECOND = 1_000_000_000L / ROUND_NANOS;
    private static final int MEGABYTE = 1_000_000;
    private static final int CHUNK_BYTES = 1_000;

    /** What is kept for a while (8 MB), so that the collector has something to mark and to move. */
    private static final int KEPT_CHUNKS = 8_000;

    private final byte[][] kept = new byte[KEPT_CHUNKS][];
    private int next;

    private Neighbour() {}

    /** Starts one; it ends with the JVM. */
    public static Thread start(long megabytesPerSecond) {
        long chunksPerRound = megabytesPerSecond * MEGABYTE / CHUNK_BYTES / ROUNDS_PER_SECOND;
        return Thread.ofPlatform().daemon().name("neighbour").start(() -> new Neighbour()
                .allocate(Math.max(1, chunksPerRound)));
    }

    private void allocate(long chunksPerRound) {
        long dueNanos = System.nanoTime();
        while (true) {
            for (long i = 0; i < chunksPerRound; i++) {
                kept[next] = new byte[CHUNK_BYTES];
                next = (next + 1) % KEPT_CHUNKS;
            }
            dueNanos += ROUND_NANOS;
            long leftNanos = dueNanos - System.nanoTime();
            if (leftNanos > 0) {
                LockSupport.parkNanos(leftNanos);
            }
        }
    }
}
