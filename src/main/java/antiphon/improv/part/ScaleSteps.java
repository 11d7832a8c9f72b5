package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.music.Scale;
import antiphon.music.Vocabulary;

/**
 * Counts along the scale of a key: a pitch is a step of the scale, or a semitone above one. Step 0 is the lowest tonic,
 * seven steps are an octave. One thread; allocates nothing.
 *
 * <p>A call may keep to another scale on the same tonic, such as one with a low seventh: {@link #bend}.
 */
@HotPath
final class ScaleSteps {
    /** Steps in an octave. */
    static final int OCTAVE = 7;

    private static final int SEMITONES = 12;
    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};
    private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};

    /** The sixth and the seventh of a minor scale, which are often raised. */
    private static final int SIXTH = 5;

    private static final int THIRD = 2;
    private static final int FIFTH = 4;

    /** In semitones. */
    private static final int NEAR_TONIC = 4;

    /** By how much each degree may be altered: as in Mixolydian, Lydian and the like, Dorian, Phrygian. */
    private static final int[] BENT_MAJOR = {0, -1, -1, 1, 0, -1, -1};

    private static final int[] BENT_MINOR = {0, -1, 0, 1, 0, 1, 1};

    private final int[] scale = MAJOR.clone();
    private boolean minor;
    private int tonic;

    /** Counts in this key, see {@link antiphon.improv.listen.Tonality#key}; in C major if none is known. */
    void setKey(int key) {
        tonic = key < 0 ? 0 : key % SEMITONES;
        minor = key >= SEMITONES;
        System.arraycopy(minor ? MINOR : MAJOR, 0, scale, 0, OCTAVE);
    }

    /**
     * Bends the scale to what is used of it: a degree that does not occur, but only a semitone beside it, lies there.
     *
     * @param classes the pitch classes that occur: see {@link antiphon.music.Scale#classes}
     */
    void bend(int classes) {
        for (int degree = 0; degree < OCTAVE; degree++) {
            int bent = scale[degree] + (minor ? BENT_MINOR : BENT_MAJOR)[degree];
            if (!Scale.has(classes, tonic + scale[degree]) && Scale.has(classes, tonic + bent)) {
                scale[degree] = bent;
            }
        }
    }

    /** The step that a pitch is, or is a semitone above. */
    int step(int pitch) {
        int semitones = Math.floorMod(pitch - tonic, SEMITONES);
        int step = OCTAVE - 1;
        while (scale[step] > semitones) {
            step--;
        }
        return Math.floorDiv(pitch - tonic, SEMITONES) * OCTAVE + step;
    }

    /** The pitch of a step; outside of 0 to 127 for steps far away. */
    int pitch(int step) {
        return tonic + Math.floorDiv(step, OCTAVE) * SEMITONES + scale[Math.floorMod(step, OCTAVE)];
    }

    /** A pitch so many steps higher. */
    int moved(int pitch, int steps) {
        int step = step(pitch);
        return pitch(step + steps) + raised(pitch - pitch(step), step, step + steps);
    }

    /** A pitch mirrored: what is so many steps above an axis comes to lie so many below. */
    int mirrored(int pitch, int axisStep) {
        int step = step(pitch);
        int mirror = 2 * axisStep - step;
        return pitch(mirror) - raised(pitch - pitch(step), step, mirror);
    }

    /** The leading note of a minor key is raised only where it leads. */
    private int raised(int semitones, int from, int to) {
        boolean leads = minor && Math.floorMod(from, OCTAVE) >= SIXTH;
        return leads && Math.floorMod(to, OCTAVE) < SIXTH ? 0 : semitones;
    }

    /** The note of the tonic triad that is nearest to a pitch; of two, the lower. */
    int nearestOfTriad(int pitch) {
        int step = step(pitch);
        int best = pitch(step - OCTAVE);
        for (int other = step - OCTAVE; other <= step + OCTAVE; other++) {
            if (isOfTriad(other) && Math.abs(pitch(other) - pitch) < Math.abs(best - pitch)) {
                best = pitch(other);
            }
        }
        return best;
    }

    private static boolean isOfTriad(int step) {
        int degree = Math.floorMod(step, OCTAVE);
        return degree == 0 || degree == THIRD || degree == FIFTH;
    }

    /** What a line that has come to this pitch can end on: the tonic if it is near, else another note of its triad. */
    int closing(int pitch) {
        int below = pitch - Math.floorMod(pitch - tonic, SEMITONES);
        int nearest = pitch - below <= SEMITONES / 2 ? below : below + SEMITONES;
        int closing = Math.abs(nearest - pitch) <= NEAR_TONIC ? nearest : nearestOfTriad(pitch);
        return Math.clamp(closing, 0, Vocabulary.PITCHES - 1);
    }
}
