package antiphon.improv.listen;

/**
 * How much each pitch class belongs to a key on C: the profiles of Krumhansl and Kessler (1982), with mean 0 and length 1,
 * so that the fits to both can be compared. Immutable.
 */
final class KeyProfile {
    static final KeyProfile MAJOR =
            new KeyProfile(6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88);
    static final KeyProfile MINOR =
            new KeyProfile(6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17);

    private final double[] values;

    private KeyProfile(double... profile) {
        values = profile;
        double mean = 0;
        for (double value : profile) {
            mean += value / profile.length;
        }
        double squares = 0;
        for (double value : profile) {
            squares += (value - mean) * (value - mean);
        }
        for (int i = 0; i < profile.length; i++) {
            values[i] = (profile[i] - mean) / Math.sqrt(squares);
        }
    }

    /** Grows with the correlation of these weights of the pitch classes with the profile, turned to a tonic. */
    double fit(double[] weights, int tonic) {
        double product = 0;
        for (int i = 0; i < values.length; i++) {
            product += values[i] * weights[(i + tonic) % values.length];
        }
        return product;
    }
}
