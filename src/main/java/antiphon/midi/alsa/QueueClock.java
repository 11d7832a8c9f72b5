package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.library.RawMemory;
import java.util.function.LongSupplier;

/**
 * The time of the kernel's queue on {@code System.nanoTime()}'s scale. The queue's timer counts on the same clock
 * (CLOCK_MONOTONIC), so their difference stays as it is; it is measured by asking for the queue's time between two looks
 * at the clock, again and again, and taking the answer that came quickest. Measured on a cold thread, read by any.
 */
final class QueueClock {
    private static final int TRIES = 50;

    /** The queue's time of an event: what the kernel's numbers can hold. */
    private static final long MAX_QUEUE_NANOS = 0xFFFF_FFFFL * MidiBackend.NANOS_PER_SECOND;

    private final LongSupplier nanoClock;
    private final LongSupplier queueClock;
    private volatile long offsetNanos;

    /** @param queueClock the queue's time now, in nanoseconds */
    QueueClock(LongSupplier nanoClock, LongSupplier queueClock) {
        this.nanoClock = nanoClock;
        this.queueClock = queueClock;
    }

    /** Of a sequencer's queue. */
    static QueueClock of(long sequencer, int queue) {
        long status = Alsa.make("snd_seq_queue_status_malloc");
        return new QueueClock(System::nanoTime, () -> {
            Alsa.require("snd_seq_get_queue_status", Alsa.call("snd_seq_get_queue_status", sequencer, queue, status));
            return read(Alsa.callLong("snd_seq_queue_status_get_real_time", status));
        });
    }

    /** The time that stands at an address: seconds and nanoseconds, 32 bits each, without a sign. */
    @HotPath
    static long read(long address) {
        return Integer.toUnsignedLong(RawMemory.ALL.get(JAVA_INT, address)) * MidiBackend.NANOS_PER_SECOND
                + Integer.toUnsignedLong(RawMemory.ALL.get(JAVA_INT, address + Integer.BYTES));
    }

    /** Writes a time as {@link #read} reads it. */
    @HotPath
    static void write(long queueNanos, long address) {
        RawMemory.ALL.set(JAVA_INT, address, (int) (queueNanos / MidiBackend.NANOS_PER_SECOND));
        RawMemory.ALL.set(JAVA_INT, address + Integer.BYTES, (int) (queueNanos % MidiBackend.NANOS_PER_SECOND));
    }

    /** Finds the difference anew. */
    void measure() {
        long shortestNanos = Long.MAX_VALUE;
        long bestNanos = 0;
        for (int i = 0; i < TRIES; i++) {
            long before = nanoClock.getAsLong();
            long queueNanos = queueClock.getAsLong();
            long took = nanoClock.getAsLong() - before;
            if (took < shortestNanos) {
                shortestNanos = took;
                bestNanos = before + took / 2 - queueNanos;
            }
        }
        // Only now: what is sent meanwhile must not be placed by a slow answer.
        offsetNanos = bestNanos;
    }

    /** When an event came that has this time of the queue on it; not later than now, which is the time of reading it. */
    @HotPath
    long inputNanos(long queueNanos, long nowNanos) {
        long nanos = queueNanos + offsetNanos;
        return nanos - nowNanos > 0 ? nowNanos : nanos;
    }

    /** The queue's time of a time of ours. What the queue cannot have is its nearest. */
    @HotPath
    long queueNanos(long nanos) {
        return Math.clamp(nanos - offsetNanos, 0, MAX_QUEUE_NANOS);
    }

    /**
     * The queue's times of what one thread sends. The difference may be found anew between two messages of one chord: what is
     * due no earlier than the one before it is never placed before that one, so that no end overtakes its beginning.
     */
    static final class InOrder {
        private final QueueClock clock;
        private long lastDueNanos;
        private long lastQueueNanos;
        private boolean any;

        InOrder(QueueClock clock) {
            this.clock = clock;
        }

        @HotPath
        long queueNanos(long dueNanos) {
            long queueNanos = clock.queueNanos(dueNanos);
            if (any && dueNanos - lastDueNanos >= 0) {
                queueNanos = Math.max(queueNanos, lastQueueNanos);
            }
            any = true;
            lastDueNanos = dueNanos;
            lastQueueNanos = queueNanos;
            return queueNanos;
        }
    }
}
