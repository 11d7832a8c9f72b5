package antiphon.live;

import antiphon.HotPath;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How the engine and the sender wait: parked until a message comes or the next thing is due.
 *
 * <p>None of the Disruptor's strategies can wait for "a message or that moment" without a fixed time-out, and the
 * engine needs both; so the consumer parks itself here, and the ring calls {@link #signalAllWhenBlocking} after each
 * publication. Idle it uses no CPU at all; a publication costs a memory fence, and a wake-up only if the consumer is
 * parked (ADR 7 has the measurements). One consumer per instance.
 */
final class Parking implements WaitStrategy {
    /** How long to park at most: a second, so that a wake-up lost by a bug outside cannot stop the music for good. */
    private static final long LONGEST_PARK_NANOS = 1_000_000_000L;

    private final long longestNanos;
    private volatile @Nullable Thread parked;

    Parking() {
        this(LONGEST_PARK_NANOS);
    }

    /** @param longestNanos how long to park at most; {@link Long#MAX_VALUE}: until woken, as a test wants it */
    Parking(long longestNanos) {
        this.longestNanos = longestNanos;
    }

    /**
     * Parks the calling thread until signalled or until the time is up.
     *
     * @param nanos how long at most; 0 or less returns at once
     * @param hasWork asked after announcing that we park, so that no signal is lost in between
     */
    @HotPath
    void park(long nanos, BooleanSupplier hasWork) {
        if (nanos <= 0) {
            return;
        }
        parked = Thread.currentThread();
        VarHandle.fullFence();
        if (!hasWork.getAsBoolean()) {
            LockSupport.parkNanos(this, Math.min(nanos, longestNanos));
        }
        parked = null;
    }

    /** Wakes the consumer if it is parked. Any thread. */
    @Override
    @HotPath
    public void signalAllWhenBlocking() {
        VarHandle.fullFence();
        Thread thread = parked;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Wakes a thread; if it has not parked yet, its next park returns at once. */
    void wake(Thread thread) {
        LockSupport.unpark(thread);
    }

    /** Never called: our consumers poll and park by themselves. */
    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier) {
        throw new UnsupportedOperationException("consumers of this ring poll");
    }
}
