package antiphon.judge;

/**
 * A figure with its 95 % confidence interval.
 *
 * @param value NaN if it cannot be measured
 */
record Interval(double value, double low, double high) {
    static Interval unknown() {
        return new Interval(Double.NaN, Double.NaN, Double.NaN);
    }

    boolean isKnown() {
        return Double.isFinite(value);
    }
}
