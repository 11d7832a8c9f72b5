package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The last channel messages that one thread sent, with the times at which they are heard: what comes back by an input is
 * compared with them. One writer, any readers; allocates nothing. A reader that is overtaken sees newer messages.
 */
@HotPath
final class SentMessages {
    /** At 200 messages a second more than {@link LoopGuard#MAX_NANOS}. A power of two. */
    static final int CAPACITY = 512;

    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(SentMessages.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int[] messages = new int[CAPACITY];
    private final long[] nanos = new long[CAPACITY];
    private long count;

    /** The writing thread: a message leaves at this time. Messages of the whole system are left out. */
    void add(int message, long leavesNanos) {
        if (Message.status(message) < CHANNEL_MESSAGES_BELOW) {
            int at = place(count);
            messages[at] = message;
            nanos[at] = leavesNanos;
            COUNT.setRelease(this, count + 1);
        }
    }

    /** How many were added so far. */
    long count() {
        return (long) COUNT.getAcquire(this);
    }

    /** The number of the oldest one that is known. */
    long oldest() {
        return Math.max(0, count() - CAPACITY);
    }

    /** Where in a ring of {@value #CAPACITY} the message of this number has its place. */
    static int place(long number) {
        return (int) number & CAPACITY - 1;
    }

    /** The message of this number, from 0; one of the last {@value #CAPACITY}. */
    int message(long number) {
        return messages[place(number)];
    }

    long nanos(long number) {
        return nanos[place(number)];
    }
}
