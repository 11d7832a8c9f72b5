package antiphon.improv;

import antiphon.HotPath;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The last events that the network was fed, so that another network can be brought to the same place. Written by the
 * improviser's thread without waiting; a cold thread may copy.
 */
public final class History {
    /** Events kept: several minutes of playing. */
    public static final int CAPACITY = 8_192;

    /** Marks an event that the human played. {@link antiphon.music.Event} leaves this bit free. */
    private static final int HEARD = 1 << 31;

    private static final VarHandle COUNT;
    private static final VarHandle REWINDS;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(History.class, "count", long.class);
            REWINDS = MethodHandles.lookup().findVarHandle(History.class, "rewinds", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int[] events = new int[CAPACITY];
    private final int[] places = new int[CAPACITY];
    private long count;
    private long rewinds;

    /** The highest count there ever was: what lay {@value #CAPACITY} before is overwritten, also after a rewind. */
    private long highest;

    @HotPath
    void add(int event, int place, boolean heard) {
        highest = Math.max(highest, count + 1);
        places[(int) (count % CAPACITY)] = place;
        events[(int) (count % CAPACITY)] = heard ? event | HEARD : event;
        COUNT.setRelease(this, count + 1);
    }

    /** How many events there have been. Any thread. */
    @HotPath
    public long count() {
        return (long) COUNT.getAcquire(this);
    }

    /** Goes back to an earlier count: removes the events after it. */
    @HotPath
    void rewind(long earlier) {
        REWINDS.setRelease(this, rewinds + 1);
        COUNT.setRelease(this, earlier);
    }

    /** How often it was rewound. Any thread. */
    @HotPath
    long rewinds() {
        return (long) REWINDS.getAcquire(this);
    }

    /** The number of the first event that is still kept. Read {@link #count} before. */
    @HotPath
    public long oldest() {
        return Math.max(0, highest - CAPACITY);
    }

    /** An entry by its number; see {@link #event} and {@link #isHeard}. Must not be older than {@link #oldest}. */
    @HotPath
    public int entry(long number) {
        return events[(int) (number % CAPACITY)];
    }

    /** Where in the beat the event of this number fell, packed. Must not be older than {@link #oldest}. */
    @HotPath
    public int place(long number) {
        return places[(int) (number % CAPACITY)];
    }

    /** The event of an entry, packed. */
    @HotPath
    public static int event(int entry) {
        return entry & ~HEARD;
    }

    /** True if the human played it. */
    @HotPath
    public static boolean isHeard(int entry) {
        return (entry & HEARD) != 0;
    }
}
