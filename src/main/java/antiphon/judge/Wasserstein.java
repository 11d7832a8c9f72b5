package antiphon.judge;

import java.util.Arrays;

/**
 * The Wasserstein-1 or earth mover's distance: how far a unit of probability must be moved on average to make one
 * distribution of the other. Pure.
 */
final class Wasserstein {
    private Wasserstein() {}

    /**
     * On the line: the area between the two distribution functions.
     *
     * @param one sorted, at least one value
     * @param other likewise
     */
    static double onLine(double[] one, double[] other) {
        double distance = 0;
        double before = Math.min(one[0], other[0]);
        int i = 0;
        int j = 0;
        while (i < one.length || j < other.length) {
            boolean first = j == other.length || (i < one.length && one[i] <= other[j]);
            double here = first ? one[i] : other[j];
            distance += (here - before) * Math.abs((double) i / one.length - (double) j / other.length);
            before = here;
            if (first) {
                i++;
            } else {
                j++;
            }
        }
        return distance;
    }

    /**
     * On a circle of places, such as pitch classes: as on the line, but going round either way (Rabin, Delon and
     * Gousseau 2009: the flow that must pass everywhere is freed of its median).
     *
     * @param one masses of the places, in any unit
     * @param other likewise
     */
    static double onCircle(double[] one, double[] other) {
        double oneSum = Arrays.stream(one).sum();
        double otherSum = Arrays.stream(other).sum();
        double[] flow = new double[one.length];
        double sum = 0;
        for (int i = 0; i < flow.length; i++) {
            sum += one[i] / oneSum - other[i] / otherSum;
            flow[i] = sum;
        }
        double[] sorted = flow.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        return Arrays.stream(flow).map(each -> Math.abs(each - median)).sum();
    }
}
