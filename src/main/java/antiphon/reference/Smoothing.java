package antiphon.reference;

/**
 * How much of a context's probability follows its counts; the rest is left to lower orders. Pure.
 *
 * <p>After Chen and Goodman, An Empirical Study of Smoothing Techniques for Language Modeling, 1999.
 */
enum Smoothing {
    /**
     * Witten-Bell: a new value is as likely as new values have been so far; they were as many as there are different
     * values.
     */
    WITTEN_BELL {
        @Override
        float[] discounts(long[] seen) {
            return new float[3];
        }

        @Override
        int extra(int values) {
            return values;
        }
    },

    /** Modified Kneser-Ney: three discounts, and in the lower orders not every event counts: see {@link BackoffChain}. */
    KNESER_NEY {
        @Override
        float[] discounts(long[] seen) {
            double share = (double) seen[1] / Math.max(1, seen[1] + 2 * seen[2]);
            float[] discounts = new float[3];
            for (int count = 1; count <= discounts.length; count++) {
                double discount = count - (count + 1) * share * seen[count + 1] / Math.max(1, seen[count]);
                // With few counts the formula gives useless values.
                discounts[count - 1] = (float) Math.clamp(discount, 0.1 * count, 0.95 * count);
            }
            return discounts;
        }

        @Override
        int extra(int values) {
            return 0;
        }
    };

    /**
     * What to take off a count of 1, of 2, and of 3 or more.
     *
     * @param seen how many counts are 1, 2, 3 and 4, at those indices
     */
    abstract float[] discounts(long[] seen);

    /** What to add to the number of times a context was seen, if so many different values followed it. */
    abstract int extra(int values);
}
