package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.SoundingKeys;
import antiphon.improv.listen.NoteList;
import antiphon.improv.listen.PitchBounds;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Notes that an answer begins with, made of the call's: when, how long, which pitch and how loud, on the clock of the
 * call until {@link #place} says how much later. What is left open the network draws. One thread; allocates nothing.
 */
@HotPath
final class Sketch {
    /** The network draws the pitch. */
    static final int OPEN = -1;

    /** The network draws a pitch, and the nearest of the tonic triad is played. */
    static final int OPEN_IN_TRIAD = -2;

    private static final int CAPACITY = NoteList.CAPACITY + 1;
    private static final long NONE = Long.MAX_VALUE;

    private final int[] pitches = new int[CAPACITY];
    private final int[] heard = new int[CAPACITY];
    private final int[] velocityBins = new int[CAPACITY];
    private final long[] onsetNanos = new long[CAPACITY];
    private final long[] lengthNanos = new long[CAPACITY];

    /** When what sounds of it ends. */
    private final long[] endNanos = new long[Vocabulary.PITCHES];

    private final ScaleSteps scale = new ScaleSteps();
    private int size;
    private int next;
    private boolean closing;
    private boolean timesOpen;
    private boolean placed;
    private long laterNanos;

    /** Becomes empty: the network draws all. */
    void clear() {
        size = 0;
        closing = false;
        timesOpen = false;
        restart();
    }

    /** Nothing of it was played yet, and it has no place. */
    void restart() {
        next = 0;
        placed = false;
        Arrays.fill(endNanos, NONE);
    }

    /** In this key, see {@link ScaleSteps#setKey}. */
    void setKey(int key) {
        scale.setKey(key);
    }

    /**
     * One more note, not before the last one.
     *
     * @param pitch or {@link #OPEN} or {@link #OPEN_IN_TRIAD}
     * @param callPitch what was heard in its place: an open pitch is near that
     * @return false if there is no room
     */
    boolean add(int pitch, int callPitch, int velocityBin, long onset, long length) {
        if (size == CAPACITY) {
            return false;
        }
        pitches[size] = pitch;
        heard[size] = callPitch;
        velocityBins[size] = velocityBin;
        onsetNanos[size] = onset;
        lengthNanos[size] = length;
        size++;
        return true;
    }

    /** Pitches that are not allowed become the nearest ones that are; where none is, it becomes empty. */
    void keepWithin(PitchBounds bounds) {
        for (int i = 0; i < size; i++) {
            heard[i] = bounds.nearest(heard[i]);
            pitches[i] = pitches[i] < 0 ? pitches[i] : bounds.nearest(pitches[i]);
            if (heard[i] < 0) {
                clear();
            }
        }
    }

    /** The answer ends with it; otherwise the network goes on. */
    void close() {
        closing = true;
    }

    /** Only its pitches count: the network draws the times, the lengths and how loud. */
    void openTimes() {
        timesOpen = true;
    }

    /** Notes. */
    int size() {
        return size;
    }

    boolean isClosing() {
        return closing;
    }

    boolean hasOpenTimes() {
        return timesOpen;
    }

    boolean isPlaced() {
        return placed;
    }

    /** Its times are so much later than those of the call. */
    void place(long later) {
        laterNanos = later;
        placed = true;
    }

    /** A note of it is yet to be played. */
    boolean hasNext() {
        return next < size;
    }

    /** The pitch of the next note, or {@link #OPEN}, or {@link #OPEN_IN_TRIAD}. */
    int pitch() {
        return pitches[next];
    }

    /** Near which pitch the next one is, if it is open. */
    int nearPitch() {
        return heard[next];
    }

    /** Which pitch is played if this one was drawn for an open one. */
    int played(int drawn) {
        return pitches[next] == OPEN_IN_TRIAD ? scale.closing(drawn) : drawn;
    }

    int velocityBin() {
        return velocityBins[next];
    }

    /** When the next note begins; only if {@link #hasNext}. */
    long onsetNanos() {
        return onsetNanos[next] + laterNanos;
    }

    /** On the clock of the call. */
    long onsetNanos(int note) {
        return onsetNanos[note];
    }

    long lengthNanos(int note) {
        return lengthNanos[note];
    }

    int pitch(int note) {
        return pitches[note];
    }

    /** The next note has begun with this pitch. */
    void began(int pitch, long nanos) {
        endNanos[pitch] = nanos + lengthNanos[next];
        next++;
    }

    /** The next note is left out. */
    void skip() {
        next++;
    }

    /** All further notes are left out. */
    void stop() {
        next = size;
    }

    /** Which of the pitches that sound ends first; -1 if none does. */
    int nextToEnd(SoundingKeys keys) {
        int first = -1;
        for (int pitch = 0; pitch < endNanos.length; pitch++) {
            if (keys.isSounding(pitch) && (first < 0 || endNanos[pitch] < endNanos[first])) {
                first = pitch;
            }
        }
        return first;
    }

    long endNanos(int pitch) {
        return endNanos[pitch];
    }
}
