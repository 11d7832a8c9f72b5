package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.model.Sampler;
import antiphon.music.Scale;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Which pitches the human has been using. The answer's pitches are biased a little towards the notes of their key, or of
 * a scale that is set, and towards the register in which they play; and some may be forbidden.
 *
 * <p>Works as a product of experts: the network and this class each give a probability, and their logarithms are added.
 * Recent notes count most, so that a change of key is followed within some two dozen notes. One thread; allocates
 * nothing.
 */
@HotPath
public final class Tonality implements PitchBias {
    private static final int PITCH_CLASSES = 12;
    private static final int UNKNOWN = -1;

    /** How strongly the human's pitch classes pull, if nobody says: 0 not at all, 1 as strongly as the network itself. */
    public static final double KEY_PULL = 0.2;

    /** A pitch class that was never heard counts as this many notes, so that it stays possible. */
    private static final double UNHEARD_NOTES = 0.5;

    /** Each pitch class of a scale that is set counts as so many notes more; the others count as never heard. */
    private static final double NOTES_OF_SCALE = 2;

    /** What is left of a note's weight after the next: half after 11 notes. */
    private static final double DECAY = 0.94;

    /** The same for the key, which changes more seldom than what is used of it: half after 23 notes. */
    private static final double KEY_DECAY = 0.97;

    /** Semitones beyond the human's range that cost the answer nothing. */
    private static final int FREE_SEMITONES = 7;

    /** What each semitone further away costs, in nats. */
    private static final double REGISTER_PULL = 0.25;

    private static final int MAJOR_TRIAD = 0b1001_0001;
    private static final int MINOR_TRIAD = 0b1000_1001;

    private final double[] weights = new double[PITCH_CLASSES];
    private final double[] keyNotes = new double[PITCH_CLASSES];
    private final double[] pulls = new double[PITCH_CLASSES];
    private final float[] bias = new float[Vocabulary.PITCHES];
    private final PitchBounds bounds = new PitchBounds();
    private Scale scale = Scale.AUTO;
    private boolean locked;
    private double keyPull = KEY_PULL;
    private int lowestAllowed;
    private int highestAllowed = Vocabulary.PITCHES - 1;
    private int register;
    private double lowest = Double.NaN;
    private double highest = Double.NaN;

    /** The human begins a note of this pitch. */
    public void hear(int pitch) {
        for (int i = 0; i < PITCH_CLASSES; i++) {
            weights[i] *= DECAY;
            keyNotes[i] *= KEY_DECAY;
        }
        weights[pitch % PITCH_CLASSES]++;
        keyNotes[pitch % PITCH_CLASSES]++;
        // The range widens at once and narrows slowly.
        boolean first = Double.isNaN(lowest);
        lowest = first ? pitch : Math.min(pitch, lowest + (pitch - lowest) * (1 - DECAY));
        highest = first ? pitch : Math.max(pitch, highest - (highest - pitch) * (1 - DECAY));
    }

    /**
     * Computes the bias, and which pitches are allowed, from what was heard so far; until the next call both stay the
     * same.
     */
    public void update() {
        bounds.set(locked ? classes() : Scale.ALL_CLASSES, lowestAllowed, highestAllowed);
        boolean heard = !Double.isNaN(lowest);
        double total = PITCH_CLASSES * UNHEARD_NOTES;
        for (int i = 0; i < PITCH_CLASSES; i++) {
            total += notes(i);
        }
        for (int i = 0; i < PITCH_CLASSES; i++) {
            boolean known = heard || scale.isNamed();
            pulls[i] = known ? keyPull * StrictMath.log((notes(i) + UNHEARD_NOTES) / total) : 0;
        }
        for (int pitch = 0; pitch < bias.length; pitch++) {
            int moved = pitch - register;
            double outside = heard ? Math.max(lowest - FREE_SEMITONES - moved, moved - highest - FREE_SEMITONES) : 0;
            bias[pitch] = bounds.allows(pitch)
                    ? (float) (pulls[pitch % PITCH_CLASSES] - REGISTER_PULL * Math.max(0, outside))
                    : Sampler.NEVER;
        }
    }

    /** How many notes of a pitch class count. */
    private double notes(int pitchClass) {
        if (!scale.isNamed()) {
            return weights[pitchClass];
        }
        return Scale.has(scale.classes(), pitchClass) ? weights[pitchClass] + NOTES_OF_SCALE : 0;
    }

    /**
     * Sets what pulls and what is allowed, from the next {@link #update} on.
     *
     * @param pullsTo a named scale, or that of the key that is heard
     * @param lock nothing outside of that is allowed; in a minor key that is heard the leading note is
     * @param pull how strongly it pulls: see {@link #KEY_PULL}
     */
    public void setScale(Scale pullsTo, boolean lock, double pull) {
        scale = pullsTo;
        locked = lock;
        keyPull = pull;
    }

    /** Sets the lowest and the highest pitch allowed, from the next {@link #update} on. */
    public void setRange(int lowestPitch, int highestPitch) {
        lowestAllowed = lowestPitch;
        highestAllowed = highestPitch;
    }

    /** The pitch classes of the scale that is set, else of the key that is heard: see {@link Scale#classes}. */
    public int classes() {
        return scale.isNamed() ? scale.classes() : Scale.classesOf(heardKey());
    }

    /** The pitches that are allowed. */
    public PitchBounds bounds() {
        return bounds;
    }

    /** How the human's pitch classes pull, apart from their register; from the last {@link #update} on. */
    public double pull(int pitch) {
        return pulls[pitch % PITCH_CLASSES];
    }

    /** Moves the range in which the answer is free by so many semitones; from the next {@link #update} on. */
    public void setRegister(int semitones) {
        register = semitones;
    }

    /** Forgets everything that was heard. */
    public void forget() {
        Arrays.fill(weights, 0);
        Arrays.fill(keyNotes, 0);
        lowest = Double.NaN;
        highest = Double.NaN;
        update();
    }

    /**
     * The key that is set, else the one that fits best what was heard of late, see {@link KeyProfile}: the pitch class of
     * its tonic, 0 (C) to 11, and 12 more if it is minor; -1 if nothing was heard.
     */
    public int key() {
        return scale.key() >= 0 ? scale.key() : heardKey();
    }

    private int heardKey() {
        return Double.isNaN(lowest) ? UNKNOWN : KeyProfile.key(keyNotes, UNKNOWN, 0);
    }

    /** True if a pitch is in the scale of a key, see {@link #key}; minor has both sevenths. */
    public static boolean isInScale(int pitch, int key) {
        return Scale.has(Scale.classesOf(key), pitch);
    }

    /** True if a pitch is in the triad on the tonic of a key, see {@link #key}. */
    public static boolean isInTonicTriad(int pitch, int key) {
        int triad = key < PITCH_CLASSES ? MAJOR_TRIAD : MINOR_TRIAD;
        return (triad >>> Math.floorMod(pitch - key, PITCH_CLASSES) & 1) != 0;
    }

    /** {@link Sampler#NEVER} if it is not allowed. */
    @Override
    public float bias(int pitch) {
        return bias[pitch];
    }
}
