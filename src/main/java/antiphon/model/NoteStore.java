package antiphon.model;

import antiphon.HotPath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The notes that a {@link NeuralCache} remembers, each with the first layer's hidden state before it as its key, and where
 * the music is among them. One thread; allocates nothing after construction.
 */
public final class NoteStore {
    /** Intervals in common beyond this number do not count. */
    static final int LONGEST_MATCH = 8;

    /**
     * A note of an earlier piece or session counts only where so many intervals before it are those just played. Without
     * this bound another piece's notes disturb more than they help.
     */
    private static final int LEAST_EARLIER = 2;

    final int capacity;
    // One array per unit of the key, so that all entries are compared in one pass of vector instructions.
    final float[][] keys; // [width][capacity]
    final float[] norms;
    final int[] times;
    final int[] pitches;
    final int[] velocities;
    final int[] intervals;

    /** How many intervals before an entry are those before the note to come. */
    final int[] runs;

    private final boolean[] follows;

    /** Of an earlier piece or session. */
    private final boolean[] earlier;

    int size;
    private int next;
    int lastPitch = -1;
    private boolean lastWasKept;

    /** Changes whenever a note is to be kept or all are forgotten, also in a memory that is off. */
    private long written;

    private @Nullable RememberedNotes kept;

    /** Room for so many notes with keys of so many units. */
    NoteStore(int width, int capacity) {
        this.capacity = capacity;
        keys = new float[width][capacity];
        norms = new float[capacity];
        times = new int[capacity];
        pitches = new int[capacity];
        velocities = new int[capacity];
        intervals = new int[capacity];
        runs = new int[capacity];
        follows = new boolean[capacity];
        earlier = new boolean[capacity];
    }

    /** Forgets everything. */
    @HotPath
    void forget() {
        size = 0;
        next = 0;
        goOn();
    }

    /** A new piece begins; what is remembered stays. */
    @HotPath
    void goOn() {
        Arrays.fill(runs, 0);
        Arrays.fill(earlier, true);
        lastPitch = -1;
        lastWasKept = false;
        written++;
    }

    /** Forgets everything but what is kept. */
    @HotPath
    void begin() {
        forget();
        RememberedNotes notes = kept;
        if (notes == null) {
            return;
        }
        notes.copyTo(keys, times, pitches, velocities, intervals, follows);
        size = notes.size();
        next = size == capacity ? 0 : size;
        for (int i = 0; i < size; i++) {
            norms[i] = 0;
            for (float[] unit : keys) {
                norms[i] = Rows.multiplyAdd(unit[i], unit[i], norms[i]);
            }
        }
    }

    /** See {@link NeuralCache#keep}; what fits has been checked. */
    void keep(@Nullable RememberedNotes notes) {
        kept = notes;
    }

    /** What {@link #begin} begins with; null if nothing. */
    @Nullable
    RememberedNotes kept() {
        return kept;
    }

    /** What is remembered now, by the network with this SHA-256. */
    RememberedNotes remembered(String network) {
        int first = size < capacity ? 0 : next;
        return RememberedNotes.of(network, first, size, keys, times, pitches, velocities, intervals, follows);
    }

    /** Room for a {@link Mark}. */
    Mark newMark() {
        return new Mark(capacity);
    }

    /**
     * The place in a motif at one moment, to go back to. It holds no notes itself, so it is valid only until the next
     * note is kept.
     */
    public static final class Mark {
        private final int[] runs;
        private int lastPitch;
        private boolean lastWasKept;
        private long written = -1;

        private Mark(int capacity) {
            runs = new int[capacity];
        }
    }

    /** Writes down where the music is. */
    @HotPath
    void mark(Mark mark) {
        System.arraycopy(runs, 0, mark.runs, 0, size);
        mark.lastPitch = lastPitch;
        mark.lastWasKept = lastWasKept;
        mark.written = written;
    }

    /** See {@link NeuralCache#backTo}. */
    @HotPath
    boolean backTo(Mark mark) {
        if (mark.written != written) {
            return false;
        }
        System.arraycopy(mark.runs, 0, runs, 0, size);
        lastPitch = mark.lastPitch;
        lastWasKept = mark.lastWasKept;
        return true;
    }

    /** See {@link NeuralCache#hear}; {@code hidden} is the first layer's hidden state. */
    @HotPath
    void hear(float[] hidden, int time, int pitch, int velocity, boolean keep) {
        written += keep ? 1 : 0;
        if (capacity == 0) {
            return;
        }
        int interval = lastPitch < 0 ? RememberedNotes.NO_INTERVAL : pitch - lastPitch;
        int run = lengthenRuns(interval);
        if (keep) {
            times[next] = time;
            pitches[next] = pitch;
            velocities[next] = velocity;
            intervals[next] = interval;
            runs[next] = run;
            follows[next] = lastWasKept;
            earlier[next] = false;
            keepKey(hidden);
            next = next + 1 == capacity ? 0 : next + 1;
            size = Math.min(size + 1, capacity);
        }
        lastPitch = pitch;
        lastWasKept = keep;
    }

    /** Counts, for each entry, how many intervals before it are those before the note to come; gives a new entry's. */
    private int lengthenRuns(int interval) {
        int newest = before(next);
        int run = size > 0 && lastWasKept ? longer(newest, interval) : 0;
        int entry = newest;
        // From the newest entry back, because each run is computed from that of the entry before.
        for (int i = 1; i < size; i++) {
            int before = before(entry);
            runs[entry] = follows[entry] ? longer(before, interval) : 0;
            entry = before;
        }
        if (size > 0) {
            runs[entry] = 0;
        }
        return run;
    }

    private int longer(int entry, int interval) {
        return interval != RememberedNotes.NO_INTERVAL && intervals[entry] == interval
                ? Math.min(runs[entry] + 1, LONGEST_MATCH)
                : 0;
    }

    private int before(int entry) {
        return entry == 0 ? capacity - 1 : entry - 1;
    }

    private void keepKey(float[] hidden) {
        for (int i = 0; i < hidden.length; i++) {
            keys[i][next] = hidden[i];
        }
        norms[next] = squared(hidden);
    }

    /** The square of a vector's length. */
    static float squared(float[] vector) {
        float sum = 0;
        for (float value : vector) {
            sum = Rows.multiplyAdd(value, value, sum);
        }
        return sum;
    }

    /** True if what followed an entry may be expected here. */
    boolean counts(int entry) {
        return !earlier[entry] || runs[entry] >= LEAST_EARLIER;
    }

    /** True if an entry's interval leads to a pitch from here. */
    boolean isMovable(int entry) {
        return lastPitch >= 0 && intervals[entry] != RememberedNotes.NO_INTERVAL;
    }
}
