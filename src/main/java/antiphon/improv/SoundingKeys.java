package antiphon.improv;

import antiphon.HotPath;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/** Which pitches the partner is holding, and since when. One thread; allocates nothing. */
@HotPath
public final class SoundingKeys {
    private static final long SILENT = Long.MIN_VALUE;

    private final long[] onsetNanos = new long[Vocabulary.PITCHES];
    private int count;

    public SoundingKeys() {
        Arrays.fill(onsetNanos, SILENT);
    }

    /** Nothing sounds any more. */
    public void clear() {
        Arrays.fill(onsetNanos, SILENT);
        count = 0;
    }

    /** The same sound as in another. */
    public void copyFrom(SoundingKeys other) {
        System.arraycopy(other.onsetNanos, 0, onsetNanos, 0, onsetNanos.length);
        count = other.count;
    }

    /** A note begins. */
    public void begin(int pitch, long nanos) {
        if (onsetNanos[pitch] == SILENT) {
            count++;
        }
        onsetNanos[pitch] = nanos;
    }

    /** A note ends. */
    public void end(int pitch) {
        if (onsetNanos[pitch] != SILENT) {
            count--;
            onsetNanos[pitch] = SILENT;
        }
    }

    /** True while a note of this pitch sounds. */
    public boolean isSounding(int pitch) {
        return onsetNanos[pitch] != SILENT;
    }

    /** When the sounding pitch began. */
    public long onsetNanos(int pitch) {
        return onsetNanos[pitch];
    }

    /** How many pitches sound. */
    public int count() {
        return count;
    }

    /** The pitch that has sounded longest, or -1 in silence. */
    public int oldest() {
        int oldest = -1;
        for (int pitch = 0; pitch < onsetNanos.length; pitch++) {
            boolean older = oldest < 0 || onsetNanos[pitch] < onsetNanos[oldest];
            if (onsetNanos[pitch] != SILENT && older) {
                oldest = pitch;
            }
        }
        return oldest;
    }
}
