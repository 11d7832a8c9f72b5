package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.listen.NoteList;
import java.util.Arrays;

/**
 * The key of one call alone, in whose scale its material can be moved: how long its pitch classes sound is correlated
 * with the profiles of Temperley, <i>The Cognition of Basic Musical Structures</i> (2001), and a scale that has all its
 * notes is preferred. {@link antiphon.improv.listen.Tonality#key}, which also knows what was played before, decides
 * between those that fit nearly as well. One thread; allocates nothing.
 */
@HotPath
final class CallKey {
    private static final int CLASSES = 12;
    private static final int KEYS = 24;
    private static final double[] MAJOR = {5, 2, 3.5, 2, 4.5, 4, 2, 4.5, 2, 3.5, 1.5, 4};
    private static final double[] MINOR = {5, 2, 3.5, 4.5, 2, 4, 2, 4.5, 3.5, 2, 1.5, 4};
    private static final int IN_MAJOR = 0b1010_1011_0101;

    /** With the raised sixth and seventh. */
    private static final int IN_MINOR = 0b1111_1010_1101;

    private static final double SHORTEST_NANOS = 0.05e9;
    private static final double LONGEST_NANOS = 2e9;

    /** What counts as much as a correlation of 1: that all notes are in the scale. */
    private static final double OF_SCALE = 1;

    private static final double HEARD_BEFORE = 0.1;

    private final double[] weights = new double[CLASSES];

    /**
     * Finds it.
     *
     * @param before the key of what was heard, see {@link antiphon.improv.listen.Tonality#key}
     * @return numbered in the same way
     */
    int of(NoteList notes, int before) {
        Arrays.fill(weights, 0);
        double total = 0;
        for (int i = 0; i < notes.size(); i++) {
            double nanos = notes.endNanos(i) - notes.onsetNanos(i);
            double weight = Math.clamp(nanos, SHORTEST_NANOS, LONGEST_NANOS);
            weights[notes.pitch(i) % CLASSES] += weight;
            total += weight;
        }
        int best = before;
        double highest = 0;
        for (int key = 0; key < KEYS && total > 0; key++) {
            int scale = key < CLASSES ? IN_MAJOR : IN_MINOR;
            double inside = 0;
            for (int i = 0; i < CLASSES; i++) {
                inside += (scale >> i & 1) * weights[(key + i) % CLASSES];
            }
            double fit = correlation(key < CLASSES ? MAJOR : MINOR, key)
                    + OF_SCALE * inside / total
                    + (key == before ? HEARD_BEFORE : 0);
            if (fit > highest) {
                highest = fit;
                best = key;
            }
        }
        return best;
    }

    private double correlation(double[] profile, int tonic) {
        double mean = 0;
        double profileMean = 0;
        for (int i = 0; i < CLASSES; i++) {
            mean += weights[i] / CLASSES;
            profileMean += profile[i] / CLASSES;
        }
        double product = 0;
        double square = 0;
        double profileSquare = 0;
        for (int i = 0; i < CLASSES; i++) {
            double weight = weights[(tonic + i) % CLASSES] - mean;
            product += weight * (profile[i] - profileMean);
            square += weight * weight;
            profileSquare += (profile[i] - profileMean) * (profile[i] - profileMean);
        }
        return square == 0 ? 0 : product / Math.sqrt(square * profileSquare);
    }
}
