package antiphon.model;

/**
 * What makes one whole answer better than another: a number for each feature of {@code improv.part.Critic}, learned for
 * one network and kept in its file's metadata under {@value #KEY}. Immutable.
 */
public final class CriticWeights {
    /** Where a model file's metadata has them. */
    public static final String KEY = "critic";

    /** Features that are weighed. */
    public static final int COUNT = 20;

    private final double[] values;

    private CriticWeights(double[] values) {
        this.values = values;
    }

    /** Takes {@value #COUNT} finite numbers, in the order of the critic's features. */
    public static CriticWeights of(double... values) {
        return new CriticWeights(TunedNumbers.checked(KEY, COUNT, values));
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws ModelException one line, if the text is anything else
     */
    static CriticWeights parse(String text) {
        return new CriticWeights(TunedNumbers.parse(KEY, COUNT, text));
    }

    /** One of the numbers. */
    public double get(int index) {
        return values[index];
    }

    /** The numbers with four decimals. */
    @Override
    public String toString() {
        return TunedNumbers.text(values);
    }
}
