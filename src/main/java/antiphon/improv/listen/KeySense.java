package antiphon.improv.listen;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * Which key a tune is in, by how often tunes use each degree (naive Bayes; counted in the training side of POP909):
 * slower to change than {@link Tonality}, which follows what was played last. One thread; allocates nothing.
 */
@HotPath
final class KeySense {
    private static final int CLASSES = 12;

    /** What is left of a note's weight after the next: half after 46 notes. */
    private static final double DECAY = 0.985;

    /** Notes of a tune depend on each other: what they say of the key together counts half. */
    private static final double CAUTION = 0.5;

    /** Of a thousand notes of a tune, so many are on each degree of a major key, or of the one that has a minor key's notes. */
    private static final int[] PER_MILLE = {187, 3, 174, 3, 192, 38, 3, 158, 5, 169, 3, 65};

    private final double[] says = new double[CLASSES];
    private final double[] sums = new double[CLASSES];
    private final double[] likely = new double[CLASSES];
    private int tonic;

    KeySense() {
        for (int degree = 0; degree < CLASSES; degree++) {
            says[degree] = StrictMath.log(PER_MILLE[degree] / 1000.0);
        }
    }

    /** Nothing was played. */
    void forget() {
        Arrays.fill(sums, 0);
        tonic = 0;
    }

    /** The human begins a note. */
    void hear(int pitch) {
        int best = 0;
        for (int key = 0; key < CLASSES; key++) {
            sums[key] = DECAY * sums[key] + says[Math.floorMod(pitch - key, CLASSES)];
            best = sums[key] > sums[best] ? key : best;
        }
        tonic = best;
        double total = 0;
        for (int key = 0; key < CLASSES; key++) {
            likely[key] = StrictMath.exp(CAUTION * (sums[key] - sums[best]));
            total += likely[key];
        }
        for (int key = 0; key < CLASSES; key++) {
            likely[key] /= total;
        }
    }

    /** The tonic of the likeliest key, taken as major: a pitch class. */
    int tonic() {
        return tonic;
    }

    /** How likely a key is, by its tonic; after {@link #hear}. */
    double probability(int key) {
        return likely[key];
    }
}
