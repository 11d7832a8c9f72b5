package antiphon.improv;

import antiphon.HotPath;

/**
 * What parts have yet to hear, each with the part that hears it, in the order in which it came. So that one part is busy
 * at a time, and a message that comes meanwhile waits for no more than that. One thread; allocates nothing.
 */
@HotPath
final class Waiting {
    /** A message of the human's: from which input, when it was played and when it was taken in. */
    static final int HEARD = 0;

    /** One of a clock, with the same. */
    static final int CLOCK = 1;

    /** A note of another part's: from which part, when it is to be heard, and when that is in its time. */
    static final int TOLD = 2;

    /** More than all parts can send at once. */
    private static final int CAPACITY = 8_192;

    /** So much room is left for what parts send while the human is heard. */
    private static final int SPARE = CAPACITY / 2;

    private final int[] parts = new int[CAPACITY];
    private final int[] whats = new int[CAPACITY];
    private final int[] froms = new int[CAPACITY];
    private final int[] messages = new int[CAPACITY];
    private final long[] nanos = new long[CAPACITY];
    private final long[] nows = new long[CAPACITY];
    private int first;
    private int size;
    private int taken;

    /**
     * Comes after all that is not later; what finds no room is not heard.
     *
     * @param atNanos as for {@link #add}; what is added in this way is in the order of these
     */
    void addInTime(int part, int what, int from, int message, long atNanos, long nowNanos) {
        if (size == CAPACITY) {
            return;
        }
        int place = (first + size) % CAPACITY;
        for (int ahead = size - 1; ahead >= 0; ahead--) {
            int before = (first + ahead) % CAPACITY;
            if (nanos[before] <= atNanos) {
                break;
            }
            parts[place] = parts[before];
            whats[place] = whats[before];
            froms[place] = froms[before];
            messages[place] = messages[before];
            nanos[place] = nanos[before];
            nows[place] = nows[before];
            place = before;
        }
        put(place, part, what, from, message, atNanos, nowNanos);
        size++;
    }

    /** Comes last; what finds no room is not heard. */
    void add(int part, int what, int from, int message, long atNanos, long nowNanos) {
        if (size < CAPACITY) {
            put((first + size) % CAPACITY, part, what, from, message, atNanos, nowNanos);
            size++;
        }
    }

    private void put(int place, int part, int what, int from, int message, long atNanos, long nowNanos) {
        parts[place] = part;
        whats[place] = what;
        froms[place] = from;
        messages[place] = message;
        nanos[place] = atNanos;
        nows[place] = nowNanos;
    }

    /** When what comes first was played or is to be heard; {@link Long#MAX_VALUE} if there is nothing. */
    long firstNanos() {
        return size == 0 ? Long.MAX_VALUE : nanos[first];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** True if the human has to wait until some of it is heard. */
    boolean isLong() {
        return size > SPARE;
    }

    /** Takes what came first; then the methods below tell of it until something is added. */
    void take() {
        taken = first;
        first = (first + 1) % CAPACITY;
        size--;
    }

    /** Who hears it. */
    int part() {
        return parts[taken];
    }

    int what() {
        return whats[taken];
    }

    /** The input or the part that it comes from. */
    int from() {
        return froms[taken];
    }

    int message() {
        return messages[taken];
    }

    /** When it was played or is to be heard. */
    long nanos() {
        return nanos[taken];
    }

    /** When it was taken in, or the time that it is heard with. */
    long nowNanos() {
        return nows[taken];
    }

    void clear() {
        size = 0;
    }
}
