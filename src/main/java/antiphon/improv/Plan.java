package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Pulse;
import antiphon.music.Event;

/**
 * The partner's events to come with their due times, in the order in which they are due. An event can be dropped until
 * its time is less than the commit window away. One thread; allocates nothing.
 */
@HotPath
public final class Plan {
    /** Events that can be planned ahead. */
    public static final int CAPACITY = 512;

    private final int[] events = new int[CAPACITY];
    private final long[] dueNanos = new long[CAPACITY];
    private final double[] places = new double[CAPACITY];
    private int jumpCount;
    private int first;
    private int size;
    private boolean whole;

    /**
     * Plans one more event, after all that are planned.
     *
     * @param event packed, see {@link Event}: a note-on, a note-off or a phrase end of the answer's
     * @param due not before that of the last event
     * @return false if there is no room
     */
    public boolean add(int event, long due) {
        if (size == CAPACITY) {
            return false;
        }
        int at = (first + size) % CAPACITY;
        events[at] = event;
        dueNanos[at] = due;
        places[at] = Double.NaN;
        size++;
        return true;
    }

    /** The same for an event whose place in the song is kept if the clock becomes faster or slower. */
    public boolean add(int event, long due, Pulse pulse) {
        boolean added = add(event, due);
        if (added) {
            places[(first + size - 1) % CAPACITY] = pulse.placeOf(due);
            jumpCount = pulse.jumpCount();
        }
        return added;
    }

    /** The clock has ticked: what was given a place becomes due when that is now, but not before the soonest. */
    void keepPlaces(Pulse pulse, long soonestNanos) {
        if (pulse.jumpCount() != jumpCount) {
            return;
        }
        for (int i = 0; i < size; i++) {
            int at = (first + i) % CAPACITY;
            if (!Double.isNaN(places[at])) {
                dueNanos[at] = Math.max(pulse.nanosAt(places[at]), soonestNanos);
            }
        }
    }

    /** Drops everything. */
    public void clear() {
        first = 0;
        size = 0;
        whole = false;
    }

    /** It is a whole answer, to its end. */
    public void setWhole() {
        whole = true;
    }

    /** True if it is a whole answer: the next event is not decided by what has happened since. */
    public boolean isWhole() {
        return whole;
    }

    /** Drops what is due at this time or later. */
    public void cut(long nanos) {
        while (size > 0 && dueNanos[(first + size - 1) % CAPACITY] >= nanos) {
            size--;
        }
        whole &= size > 0;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** A planned event by its place, 0 being the next. */
    public int event(int place) {
        return events[(first + place) % CAPACITY];
    }

    /** When a planned event is due. */
    public long dueNanos(int place) {
        return dueNanos[(first + place) % CAPACITY];
    }

    /** Takes the next event away; there must be one. */
    void removeFirst() {
        first = (first + 1) % CAPACITY;
        size--;
    }
}
