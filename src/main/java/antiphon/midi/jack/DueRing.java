package antiphon.midi.jack;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hands messages with their due times from one thread to one other, wait-free. First in, first out.
 *
 * <p>Not the Disruptor: only {@code live} sees that, and here there is one producer, one consumer and two primitives.
 */
final class DueRing {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(DueRing.class, "head", long.class);
            TAIL = lookup.findVarHandle(DueRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int[] messages;
    private final long[] dueNanos;
    private final long[] causeNanos;
    private final int mask;

    /** Next to be taken; only the consumer writes it. */
    private long head;

    /** Next to be filled; only the producer writes it. */
    private long tail;

    /** @param capacity a power of two */
    DueRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + "; a power of two is needed");
        }
        messages = new int[capacity];
        dueNanos = new long[capacity];
        causeNanos = new long[capacity];
        mask = capacity - 1;
    }

    /** Producer only. The cause as {@link DueHeap} has it. Returns false if full. */
    @HotPath
    boolean offer(int message, long due, long cause) {
        long at = tail;
        if (at - (long) HEAD.getAcquire(this) > mask) {
            return false;
        }
        messages[(int) at & mask] = message;
        dueNanos[(int) at & mask] = due;
        causeNanos[(int) at & mask] = cause;
        TAIL.setRelease(this, at + 1);
        return true;
    }

    /** Consumer only: moves what there is into the heap, as far as that has room. */
    @HotPath
    void drainTo(DueHeap heap) {
        long end = (long) TAIL.getAcquire(this);
        long at = head;
        while (at < end && take((int) at & mask, heap)) {
            at++;
        }
        HEAD.setRelease(this, at);
    }

    private boolean take(int index, DueHeap heap) {
        return heap.add(messages[index], dueNanos[index], causeNanos[index]);
    }

    /** Any thread. */
    boolean isEmpty() {
        return (long) HEAD.getAcquire(this) == (long) TAIL.getAcquire(this);
    }
}
