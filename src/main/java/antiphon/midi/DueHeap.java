package antiphon.midi;

import antiphon.HotPath;

/**
 * Messages sorted by their due times. Messages with the same due time keep the order in which they were added. A binary
 * heap in preallocated arrays. One thread only.
 */
public final class DueHeap {
    /** Stands in place of the cause's time where a message has no cause. No clock ever reads this value. */
    public static final long NO_CAUSE = Long.MIN_VALUE;

    private final int[] messages;
    private final long[] dueNanos;
    private final long[] causeNanos;

    /** Breaks ties, so that a note-off and the note-on that replaces it keep their order. */
    private final long[] serials;

    private int size;
    private long nextSerial;

    public DueHeap(int capacity) {
        messages = new int[capacity];
        dueNanos = new long[capacity];
        causeNanos = new long[capacity];
        serials = new long[capacity];
    }

    /** Returns false if full. */
    @HotPath
    public boolean add(int message, long due) {
        return add(message, due, NO_CAUSE);
    }

    /**
     * Adds a message that answers another one.
     *
     * @param cause when the answered message came in. The heap only keeps it; it does not change the order
     * @return false if full
     */
    @HotPath
    public boolean add(int message, long due, long cause) {
        if (size == messages.length) {
            return false;
        }
        int at = size++;
        long serial = nextSerial++;
        while (at > 0 && before(due, serial, (at - 1) >>> 1)) {
            int parent = (at - 1) >>> 1;
            move(parent, at);
            at = parent;
        }
        put(at, message, due, cause, serial);
        return true;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** True if {@link #add} would refuse. */
    @HotPath
    public boolean isFull() {
        return size == messages.length;
    }

    public int size() {
        return size;
    }

    /** The message due first; undefined when empty. */
    @HotPath
    public int firstMessage() {
        return messages[0];
    }

    /** When the first is due; {@link Long#MAX_VALUE} when empty. */
    @HotPath
    public long firstDueNanos() {
        return size == 0 ? Long.MAX_VALUE : dueNanos[0];
    }

    /** The cause's time given for the first message, or {@link #NO_CAUSE}; undefined when empty. */
    @HotPath
    public long firstCauseNanos() {
        return causeNanos[0];
    }

    /** Removes the first message; there must be one. */
    @HotPath
    public void removeFirst() {
        int last = --size;
        int message = messages[last];
        long due = dueNanos[last];
        long cause = causeNanos[last];
        long serial = serials[last];
        int at = 0;
        for (int child = 1; child < last; child = 2 * at + 1) {
            if (child + 1 < last && before(dueNanos[child + 1], serials[child + 1], child)) {
                child++;
            }
            if (before(due, serial, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, message, due, cause, serial);
    }

    private boolean before(long due, long serial, int other) {
        // By difference: nanoTime's zero is arbitrary, and it may wrap.
        long difference = due - dueNanos[other];
        return difference < 0 || (difference == 0 && serial < serials[other]);
    }

    private void move(int from, int to) {
        put(to, messages[from], dueNanos[from], causeNanos[from], serials[from]);
    }

    private void put(int at, int message, long due, long cause, long serial) {
        messages[at] = message;
        dueNanos[at] = due;
        causeNanos[at] = cause;
        serials[at] = serial;
    }
}
