package antiphon.midi.jack;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Waits on a cold thread for cycles to pass. Every wait is bounded, because the server may be dead or hang. */
final class JackCycles {
    private static final int FLUSH_CYCLES = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Longer than any commit window, so that note-offs which were handed over ahead of their time still leave. */
    private static final long FLUSH_NANOS = 150_000_000L;

    private final JackProcess process;
    private final JackEvents events;
    private final int sampleRate;
    private final IntSupplier periodFrames;

    JackCycles(JackProcess process, JackEvents events, int sampleRate, IntSupplier periodFrames) {
        this.process = process;
        this.events = events;
        this.sampleRate = sampleRate;
        this.periodFrames = periodFrames;
    }

    /**
     * Waits until what is due by now, and every note-off, has left and been read; a few cycles.
     *
     * @return false if it has not: the server is dead or hangs
     */
    boolean flush(List<JackOutput> outputs) {
        long now = System.nanoTime();
        // Then one whole cycle has begun after now and taken all that was in the rings.
        boolean running = await(2);
        for (int i = 0; running && (i < FLUSH_CYCLES || System.nanoTime() - now < FLUSH_NANOS); i++) {
            if (outputs.stream().allMatch(output -> output.hasSentAllDueBy(now))) {
                // Where the server does not wait for its clients, they read our output a cycle later.
                await(2);
                return true;
            }
            running = await(1);
        }
        return false;
    }

    /** False if cycles do not go on: server dead or hanging. */
    boolean await(int count) {
        long periodNanos = NANOS_PER_SECOND * Math.max(16, periodFrames.getAsInt()) / sampleRate;
        long until = process.cycles() + count;
        long deadline = System.nanoTime() + Math.max(200_000_000, 4L * count * periodNanos);
        while (process.cycles() < until) {
            if (events.lost() || System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(Math.max(100_000, periodNanos / 4));
        }
        return true;
    }
}
