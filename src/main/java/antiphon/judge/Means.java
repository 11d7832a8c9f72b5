package antiphon.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What was measured of one contender's answers: means over the calls, each the mean over its answers. Immutable.
 *
 * @param groups which calls are alike, by number
 * @param perCall the means over the answers to each call; NaN where none could be measured
 * @param figures the means over the calls; unknown where no answer could be measured
 */
record Means<M extends Enum<M>>(List<Integer> groups, List<Map<M, Double>> perCall, Map<M, Interval> figures) {
    /** One figure of one answer; NaN if it cannot be measured. */
    @FunctionalInterface
    interface Measuring<M, S> {
        double of(M measure, int call, S score);
    }

    /**
     * Measures.
     *
     * @param groups of each call its group
     * @param scores of each call its answers' scores, by the call's number
     */
    static <M extends Enum<M>, S> Means<M> of(
            Class<M> measures, List<Integer> groups, IntFunction<List<S>> scores, Measuring<M, S> measuring) {
        List<Map<M, Double>> perCall = new ArrayList<>();
        for (int call = 0; call < groups.size(); call++) {
            int number = call;
            List<S> ofCall = scores.apply(call);
            Map<M, Double> means = new EnumMap<>(measures);
            for (M measure : measures.getEnumConstants()) {
                means.put(
                        measure,
                        Statistics.meanOfKnown(ofCall.stream()
                                .mapToDouble(score -> measuring.of(measure, number, score))
                                .toArray()));
            }
            perCall.add(means);
        }
        Map<M, Interval> figures = new EnumMap<>(measures);
        for (M measure : measures.getEnumConstants()) {
            figures.put(measure, Statistics.meanOfKnownWithInterval(values(perCall, measure), array(groups)));
        }
        return new Means<>(groups, List.copyOf(perCall), figures);
    }

    Interval figure(M measure) {
        return figures.getOrDefault(measure, Interval.unknown());
    }

    /** The mean over the answers to one call; NaN if none could be measured. */
    double ofCall(int call, M measure) {
        return perCall.get(call).getOrDefault(measure, Double.NaN);
    }

    /** How many calls have an answer of which this can be measured. */
    int measured(M measure) {
        return (int)
                Arrays.stream(values(perCall, measure)).filter(Double::isFinite).count();
    }

    /**
     * How much more this contender has than another, call by call: nearer to the truth than two intervals, because both
     * have answered the same calls.
     */
    Interval less(Means<M> other, M measure) {
        double[] mine = values(perCall, measure);
        double[] others = values(other.perCall, measure);
        return Statistics.meanOfKnownWithInterval(
                IntStream.range(0, mine.length)
                        .mapToDouble(i -> mine[i] - others[i])
                        .toArray(),
                array(groups));
    }

    private static <M> double[] values(List<Map<M, Double>> perCall, M measure) {
        return perCall.stream()
                .mapToDouble(means -> means.getOrDefault(measure, Double.NaN))
                .toArray();
    }

    private static int[] array(List<Integer> groups) {
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }
}
