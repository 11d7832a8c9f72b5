package antiphon.improv.listen;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * The notes of a call or an answer in the order of their onsets; when there is no more room, the first ones are kept. One
 * thread; allocates nothing.
 */
@HotPath
public final class NoteList {
    /** Notes that there is room for. */
    public static final int CAPACITY = 256;

    private static final long SOUNDS = Long.MAX_VALUE;

    private final int[] pitches = new int[CAPACITY];
    private final int[] velocities = new int[CAPACITY];
    private final long[] onsetNanos = new long[CAPACITY];
    private final long[] endNanos = new long[CAPACITY];
    private int size;

    /** Removes all. */
    public void clear() {
        size = 0;
    }

    /** A note begins, not before the last one. */
    public void began(int pitch, int velocity, long nanos) {
        if (size < CAPACITY) {
            pitches[size] = pitch;
            velocities[size] = velocity;
            onsetNanos[size] = nanos;
            endNanos[size] = SOUNDS;
            size++;
        }
    }

    /** The note of this pitch that sounds ends. */
    public void ended(int pitch, long nanos) {
        for (int i = size - 1; i >= 0; i--) {
            if (pitches[i] == pitch && endNanos[i] == SOUNDS) {
                endNanos[i] = nanos;
                return;
            }
        }
    }

    /** What still sounds ends now. */
    public void endAll(long nanos) {
        for (int i = 0; i < size; i++) {
            if (endNanos[i] == SOUNDS) {
                endNanos[i] = Math.max(nanos, onsetNanos[i]);
            }
        }
    }

    /** Becomes the same as another. */
    public void copyFrom(NoteList other) {
        size = other.size;
        System.arraycopy(other.pitches, 0, pitches, 0, size);
        System.arraycopy(other.velocities, 0, velocities, 0, size);
        System.arraycopy(other.onsetNanos, 0, onsetNanos, 0, size);
        System.arraycopy(other.endNanos, 0, endNanos, 0, size);
    }

    /** True if another has the same pitches in the same order. */
    public boolean hasPitchesOf(NoteList other) {
        return Arrays.equals(pitches, 0, size, other.pitches, 0, other.size);
    }

    public int size() {
        return size;
    }

    public int pitch(int note) {
        return pitches[note];
    }

    public int velocity(int note) {
        return velocities[note];
    }

    public long onsetNanos(int note) {
        return onsetNanos[note];
    }

    /** When it ends; {@link Long#MAX_VALUE} while it sounds. */
    public long endNanos(int note) {
        return endNanos[note];
    }
}
