package antiphon.model;

/**
 * How far a {@link NeuralCache} is trusted: ten numbers, tuned for one network and kept in its file's metadata under
 * {@value #KEY}. Immutable.
 *
 * <p>An entry counts as exp({@link #MATCH} · intervals in common − {@link #DISTANCE} · squared distance of the hidden
 * states). What the entries say of a field is mixed in with odds of exp(bias + slope · the best entry's exponent)
 * against the network; each of the four kinds of value has a bias at its number and a slope after it.
 */
public final class CacheWeights {
    /** Where a model file's metadata has them. */
    public static final String KEY = "cache";

    public static final int DISTANCE = 0;
    public static final int MATCH = 1;
    public static final int PITCH = 2;
    public static final int INTERVAL = 4;
    public static final int TIME = 6;
    public static final int VELOCITY = 8;
    public static final int COUNT = 10;

    private final double[] values;

    private CacheWeights(double[] values) {
        this.values = values;
    }

    /** Takes {@value #COUNT} finite numbers, in the order of the constants. */
    public static CacheWeights of(double... values) {
        return new CacheWeights(TunedNumbers.checked(KEY, COUNT, values));
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws ModelException one line, if the text is anything else
     */
    static CacheWeights parse(String text) {
        return new CacheWeights(TunedNumbers.parse(KEY, COUNT, text));
    }

    /** One of the numbers. */
    public double get(int index) {
        return values[index];
    }

    /** The same with another value of one number. */
    public CacheWeights with(int index, double value) {
        double[] changed = values.clone();
        changed[index] = value;
        return of(changed);
    }

    /** The numbers with four decimals; they are not known more exactly. */
    @Override
    public String toString() {
        return TunedNumbers.text(values);
    }
}
