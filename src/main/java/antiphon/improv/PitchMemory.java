package antiphon.improv;

import antiphon.HotPath;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/**
 * Which pitches the player has been using, as a gentle pull on the answer's: towards the notes of their key, and
 * towards the register in which they play.
 *
 * <p>Works as a product of experts: the network says what could follow, this says what would suit, and their
 * logarithms are added. Recent notes count most, so that a change of key is followed within some two dozen notes. One
 * thread; allocates nothing.
 */
@HotPath
final class PitchMemory {
    private static final int PITCH_CLASSES = 12;

    /** How strongly the player's pitch classes pull: 0 not at all, 1 as strongly as the network itself. */
    private static final double KEY_PULL = 0.4;

    /** A pitch class never heard counts as this many notes: a pull, not a prison. */
    private static final double UNHEARD_NOTES = 0.5;

    /** What is left of a note's weight after the next: half after 11 notes. */
    private static final double DECAY = 0.94;

    /** Semitones beyond the player's range in which the answer is free. */
    private static final int FREE_SEMITONES = 7;

    /** What each semitone further away costs, in nats. */
    private static final double REGISTER_PULL = 0.25;

    private final double[] weights = new double[PITCH_CLASSES];
    private final double[] pulls = new double[PITCH_CLASSES];
    private final float[] bias = new float[Vocabulary.PITCHES];
    private double lowest = Double.NaN;
    private double highest = Double.NaN;

    void hear(int pitch) {
        for (int i = 0; i < PITCH_CLASSES; i++) {
            weights[i] *= DECAY;
        }
        weights[pitch % PITCH_CLASSES]++;
        // The range widens at once and narrows slowly.
        boolean first = Double.isNaN(lowest);
        lowest = first ? pitch : Math.min(pitch, lowest + (pitch - lowest) * (1 - DECAY));
        highest = first ? pitch : Math.max(pitch, highest - (highest - pitch) * (1 - DECAY));
    }

    /** Works out the pull of what was heard so far; until then the last one holds. */
    void update() {
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
            double outside = Math.max(lowest - FREE_SEMITONES - pitch, pitch - highest - FREE_SEMITONES);
            bias[pitch] = (float) (pulls[pitch % PITCH_CLASSES] - REGISTER_PULL * Math.max(0, outside));
        }
    }

    /** Nothing is known any more. */
    void forget() {
        Arrays.fill(weights, 0);
        Arrays.fill(bias, 0);
        lowest = Double.NaN;
        highest = Double.NaN;
    }

    /** What to add to a pitch's logit. */
    float bias(int pitch) {
        return bias[pitch];
    }
}
