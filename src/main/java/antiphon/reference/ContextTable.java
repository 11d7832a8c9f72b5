package antiphon.reference;

/**
 * What followed each context of one order, and how its counts become probabilities. Immutable, any thread.
 *
 * <p>A value seen n times among N in a context gets (n - discount) / N, and the rest is distributed as the next lower
 * order says. So the probabilities sum to 1 whatever was counted, left out or discounted. One table for two smoothings:
 * Witten-Bell has no discount, but the context's number of different values is added to N.
 */
final class ContextTable {
    private static final int MAX_BUCKET_BITS = 22;

    private final int[] contexts;
    private final int[] firsts;
    private final byte[] symbols;
    private final int[] counts;
    private final int[] missing;
    private final float[] discounts;

    /** Of a context's hash, to get its bucket. */
    private final int shift;

    /** The first context of each bucket; one more at the end. */
    private final int[] buckets;

    private final double[] totals;
    private final double[] rests;

    /**
     * Takes the arrays as its own.
     *
     * @param contexts hashes of {@link ContextShape}, ascending, none twice
     * @param firsts where each context's values begin in {@code symbols}; one more at the end
     * @param symbols values of the field, ascending in each context
     * @param counts how often each was seen, at least once
     * @param missing what N has beyond the counts that are listed
     * @param discounts for a count of 1, of 2, and of 3 or more; below the count
     */
    ContextTable(int[] contexts, int[] firsts, byte[] symbols, int[] counts, int[] missing, float[] discounts) {
        this.contexts = contexts;
        this.firsts = firsts;
        this.symbols = symbols;
        this.counts = counts;
        this.missing = missing;
        this.discounts = discounts;
        int bits = Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(contexts.length), 1, MAX_BUCKET_BITS);
        shift = Integer.SIZE - bits;
        buckets = new int[(1 << bits) + 1];
        totals = new double[contexts.length];
        rests = new double[contexts.length];
        fillBuckets();
        sumUp();
    }

    private void fillBuckets() {
        for (int context : contexts) {
            buckets[bucket(context) + 1]++;
        }
        for (int i = 1; i < buckets.length; i++) {
            buckets[i] += buckets[i - 1];
        }
    }

    private void sumUp() {
        for (int i = 0; i < contexts.length; i++) {
            double left = missing[i];
            totals[i] = missing[i];
            for (int j = firsts[i]; j < firsts[i + 1]; j++) {
                totals[i] += counts[j];
                left += discount(counts[j]);
            }
            rests[i] = left / totals[i];
        }
    }

    private int bucket(int context) {
        // Ascending as signed numbers, so the lowest is the first bucket's.
        return (context ^ Integer.MIN_VALUE) >>> shift;
    }

    /**
     * As a double: with floats, a count minus a discount would be rounded, and the probabilities would not sum to 1.
     */
    private double discount(int count) {
        return discounts[Math.min(count, discounts.length) - 1];
    }

    /** The probability of a value after a context, given what the lower order says. */
    double probability(int context, int symbol, double lower) {
        int bucket = bucket(context);
        for (int i = buckets[bucket]; i < buckets[bucket + 1]; i++) {
            if (contexts[i] == context) {
                return seen(i, symbol) + rests[i] * lower;
            }
        }
        return lower;
    }

    private double seen(int context, int symbol) {
        for (int j = firsts[context]; j < firsts[context + 1]; j++) {
            if (symbols[j] == symbol) {
                return (counts[j] - discount(counts[j])) / totals[context];
            }
        }
        return 0;
    }

    int contextCount() {
        return contexts.length;
    }

    int valueCount() {
        return symbols.length;
    }

    /** A context's hash, by its place in the order of hashes. */
    int context(int index) {
        return contexts[index];
    }

    /** Where a context's values begin; of one past the last, where they end. */
    int first(int index) {
        return firsts[index];
    }

    byte symbol(int index) {
        return symbols[index];
    }

    int count(int index) {
        return counts[index];
    }

    int missing(int context) {
        return missing[context];
    }

    /** The share of a context that is left to the lower order. */
    double rest(int context) {
        return rests[context];
    }

    /** By a count of 1, of 2, and of 3 or more. */
    float[] discounts() {
        return discounts.clone();
    }
}
