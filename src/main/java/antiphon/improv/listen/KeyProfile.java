package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * Which key pitch classes are in, by how often music in a key uses each of its degrees (naive Bayes): the shares counted by
 * Albrecht and Shanahan, <i>The Use of Large Corpora to Train a New Type of Key-Finding Algorithm</i>, Music Perception 31
 * (2013). Stateless.
 *
 * <p>Of 593 excerpts of 16 notes of tunes of POP909 it finds the key in 57 % and its scale in 79 %; the correlation with
 * the profiles of Krumhansl and Kessler (1982), which are ratings and not counts, 40 and 53 %.
 */
public final class KeyProfile {
    private static final int CLASSES = 12;

    private static final double[] MAJOR =
            logs(0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081);
    private static final double[] MINOR =
            logs(0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052);

    private KeyProfile() {}

    private static double[] logs(double... shares) {
        double[] logs = new double[shares.length];
        for (int degree = 0; degree < shares.length; degree++) {
            logs[degree] = StrictMath.log(shares[degree]);
        }
        return logs;
    }

    /**
     * The likeliest key.
     *
     * @param notes how many were heard of each pitch class; fractions are allowed
     * @param presumed a key that is likelier than the others by itself; below 0 for none
     * @param nats how much likelier
     * @return the pitch class of its tonic, 0 (C) to 11, and 12 more if it is minor
     */
    @HotPath
    public static int key(double[] notes, int presumed, double nats) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int key = 0; key < 2 * CLASSES; key++) {
            double fit = fit(notes, key) + (key == presumed ? nats : 0);
            if (fit > highest) {
                highest = fit;
                best = key;
            }
        }
        return best;
    }

    @HotPath
    private static double fit(double[] notes, int key) {
        double[] profile = key < CLASSES ? MAJOR : MINOR;
        double fit = 0;
        for (int degree = 0; degree < CLASSES; degree++) {
            fit += profile[degree] * notes[(key + degree) % CLASSES];
        }
        return fit;
    }
}
