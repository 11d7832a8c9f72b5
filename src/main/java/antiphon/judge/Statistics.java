package antiphon.judge;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Means, quantiles and confidence intervals. Pure: the random numbers of the bootstrap have one seed. */
final class Statistics {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_260_101;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    private Statistics() {}

    /** NaN without values. */
    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The mean of those that are numbers. */
    static double meanOfKnown(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /** NaN without values. Between two values, the nearer one is taken. */
    static double quantile(double[] values, double share) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** The mean of the values at some places. */
    static double mean(double[] values, int[] places) {
        double sum = 0;
        for (int place : places) {
            sum += values[place];
        }
        return sum / places.length;
    }

    /**
     * A statistic with its 95 % interval by the percentile bootstrap (Efron 1979). Whole clusters are drawn again, not
     * single values: calls of one piece are similar, and counted singly would make the interval too narrow.
     *
     * @param clusters which cluster each place belongs to
     * @param statistic takes places, some of them several times
     */
    static Interval bootstrap(int[] clusters, ToDoubleFunction<int[]> statistic) {
        int[][] members = members(clusters);
        SplittableRandom random = new SplittableRandom(SEED);
        double[] values = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            int[][] drawn = new int[members.length][];
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = members[random.nextInt(members.length)];
            }
            values[i] = statistic.applyAsDouble(
                    Arrays.stream(drawn).flatMapToInt(Arrays::stream).toArray());
        }
        double value =
                statistic.applyAsDouble(IntStream.range(0, clusters.length).toArray());
        return new Interval(value, quantile(values, LOW), quantile(values, HIGH));
    }

    /** The mean of values with its interval. */
    static Interval meanWithInterval(double[] values, int[] clusters) {
        return bootstrap(clusters, places -> mean(values, places));
    }

    /**
     * The mean of those values that are numbers, with its interval; unknown if none is.
     *
     * @param groups which group each value belongs to; any numbers
     */
    static Interval meanOfKnownWithInterval(double[] values, int[] groups) {
        int[] known = IntStream.range(0, values.length)
                .filter(i -> Double.isFinite(values[i]))
                .toArray();
        if (known.length == 0) {
            return Interval.unknown();
        }
        List<Integer> distinct =
                Arrays.stream(known).map(i -> groups[i]).distinct().boxed().toList();
        return meanWithInterval(
                Arrays.stream(known).mapToDouble(i -> values[i]).toArray(),
                Arrays.stream(known).map(i -> distinct.indexOf(groups[i])).toArray());
    }

    private static int[][] members(int[] clusters) {
        int count = Arrays.stream(clusters).max().orElse(-1) + 1;
        int[][] members = new int[count][];
        for (int cluster = 0; cluster < count; cluster++) {
            int wanted = cluster;
            members[cluster] = IntStream.range(0, clusters.length)
                    .filter(place -> clusters[place] == wanted)
                    .toArray();
        }
        return members;
    }
}
