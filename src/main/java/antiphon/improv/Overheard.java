package antiphon.improv;

import antiphon.HotPath;

/** The notes that parts have sent and the others have not yet heard, in that order. One thread; allocates nothing. */
@HotPath
final class Overheard {
    /** More than all parts can send in one round. */
    private static final int CAPACITY = 8_192;

    private final int[] from = new int[CAPACITY];
    private final int[] messages = new int[CAPACITY];
    private final long[] dueNanos = new long[CAPACITY];
    private int size;

    /** A part has sent this; what finds no room is not heard. */
    void add(int part, int message, long due) {
        if (size < CAPACITY) {
            from[size] = part;
            messages[size] = message;
            dueNanos[size] = due;
            size++;
        }
    }

    int size() {
        return size;
    }

    /** Whose note it is. */
    int from(int place) {
        return from[place];
    }

    int message(int place) {
        return messages[place];
    }

    /** When it is heard. */
    long dueNanos(int place) {
        return dueNanos[place];
    }

    void clear() {
        size = 0;
    }
}
