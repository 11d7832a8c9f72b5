package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Which pitches the human has been using. The answer's pitches are biased a little towards the notes of their key and
 * towards the register in which they play.
 *
 * <p>Works as a product of experts: the network and this class each give a probability, and their logarithms are added.
 * Recent notes count most, so that a change of key is followed within some two dozen notes. One thread; allocates
 * nothing.
 */
@HotPath
public final class Tonality implements PitchBias {
    private static final int PITCH_CLASSES = 12;
    private static final int UNKNOWN = -1;

    /** How strongly the human's pitch classes pull: 0 not at all, 1 as strongly as the network itself. */
    private static final double KEY_PULL = 0.4;

    /** A pitch class that was never heard counts as this many notes, so that it stays possible. */
    private static final double UNHEARD_NOTES = 0.5;

    /** What is left of a note's weight after the next: half after 11 notes. */
    private static final double DECAY = 0.94;

    /** Semitones beyond the human's range that cost the answer nothing. */
    private static final int FREE_SEMITONES = 7;

    /** What each semitone further away costs, in nats. */
    private static final double REGISTER_PULL = 0.25;

    /** The notes of a major scale, a bit each from the tonic on, and those of a minor one with both sevenths. */
    private static final int MAJOR_SCALE = 0b1010_1011_0101;

    private static final int MINOR_SCALE = 0b1101_1010_1101;
    private static final int MAJOR_TRIAD = 0b1001_0001;
    private static final int MINOR_TRIAD = 0b1000_1001;

    private final double[] weights = new double[PITCH_CLASSES];
    private final double[] pulls = new double[PITCH_CLASSES];
    private final float[] bias = new float[Vocabulary.PITCHES];
    private int register;
    private double lowest = Double.NaN;
    private double highest = Double.NaN;

    /** The human begins a note of this pitch. */
    public void hear(int pitch) {
        for (int i = 0; i < PITCH_CLASSES; i++) {
            weights[i] *= DECAY;
        }
        weights[pitch % PITCH_CLASSES]++;
        // The range widens at once and narrows slowly.
        boolean first = Double.isNaN(lowest);
        lowest = first ? pitch : Math.min(pitch, lowest + (pitch - lowest) * (1 - DECAY));
        highest = first ? pitch : Math.max(pitch, highest - (highest - pitch) * (1 - DECAY));
    }

    /** Computes the bias from what was heard so far; until the next call it stays the same. */
    public void update() {
        if (Double.isNaN(lowest)) {
            return;
        }
        double total = PITCH_CLASSES * UNHEARD_NOTES;
        for (double weight : weights) {
            total += weight;
        }
        for (int i = 0; i < PITCH_CLASSES; i++) {
            pulls[i] = KEY_PULL * StrictMath.log((weights[i] + UNHEARD_NOTES) / total);
        }
        for (int pitch = 0; pitch < bias.length; pitch++) {
            int moved = pitch - register;
            double outside = Math.max(lowest - FREE_SEMITONES - moved, moved - highest - FREE_SEMITONES);
            bias[pitch] = (float) (pulls[pitch % PITCH_CLASSES] - REGISTER_PULL * Math.max(0, outside));
        }
    }

    /** How the human's pitch classes pull, apart from their register; from the last {@link #update} on. */
    public double pull(int pitch) {
        return pulls[pitch % PITCH_CLASSES];
    }

    /** Moves the range in which the answer is free by so many semitones; from the next {@link #update} on. */
    public void setRegister(int semitones) {
        register = semitones;
    }

    /** Forgets everything. */
    public void forget() {
        Arrays.fill(weights, 0);
        Arrays.fill(bias, 0);
        lowest = Double.NaN;
        highest = Double.NaN;
    }

    /**
     * The key that fits best what was heard of late: the pitch class of its tonic, 0 (C) to 11, and 12 more if it is
     * minor; -1 if nothing was heard. By the correlation with the profiles of Krumhansl and Kessler (1982).
     */
    public int key() {
        int best = UNKNOWN;
        double highest = 0;
        for (int tonic = 0; tonic < PITCH_CLASSES; tonic++) {
            double major = KeyProfile.MAJOR.fit(weights, tonic);
            double minor = KeyProfile.MINOR.fit(weights, tonic);
            if (Math.max(major, minor) > highest) {
                highest = Math.max(major, minor);
                best = minor > major ? tonic + PITCH_CLASSES : tonic;
            }
        }
        return best;
    }

    /** True if a pitch is in the scale of a key, see {@link #key}; minor has both sevenths. */
    public static boolean isInScale(int pitch, int key) {
        int scale = key < PITCH_CLASSES ? MAJOR_SCALE : MINOR_SCALE;
        return (scale >>> Math.floorMod(pitch - key, PITCH_CLASSES) & 1) != 0;
    }

    /** True if a pitch is in the triad on the tonic of a key, see {@link #key}. */
    public static boolean isInTonicTriad(int pitch, int key) {
        int triad = key < PITCH_CLASSES ? MAJOR_TRIAD : MINOR_TRIAD;
        return (triad >>> Math.floorMod(pitch - key, PITCH_CLASSES) & 1) != 0;
    }

    @Override
    public float bias(int pitch) {
        return bias[pitch];
    }
}
