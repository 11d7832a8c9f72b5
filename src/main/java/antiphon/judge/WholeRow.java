package antiphon.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One contender's whole answers: means over the calls, each the mean over its answers. Immutable.
 *
 * @param contender who, and all its answers
 * @param groups which calls are alike, by number
 * @param perCall the means over the answers to each call; NaN where none could be measured
 * @param figures by measure; unknown where no answer could be measured
 */
record WholeRow(
        Contender contender,
        List<Integer> groups,
        List<Map<WholeMeasure, Double>> perCall,
        Map<WholeMeasure, Interval> figures) {

    static WholeRow of(List<WholeCall> calls, Contender contender) {
        List<Integer> groups = calls.stream().map(WholeCall::group).toList();
        List<Map<WholeMeasure, Double>> perCall = new ArrayList<>();
        for (WholeCall call : calls) {
            List<WholeCall> others = calls.stream()
                    .filter(other -> other.group() != call.group())
                    .toList();
            perCall.add(ofCall(call, others, contender, perCall.size()));
        }
        Map<WholeMeasure, Interval> figures = new EnumMap<>(WholeMeasure.class);
        for (WholeMeasure measure : WholeMeasure.values()) {
            figures.put(measure, Statistics.meanOfKnownWithInterval(values(perCall, measure), array(groups)));
        }
        return new WholeRow(contender, groups, List.copyOf(perCall), figures);
    }

    private static Map<WholeMeasure, Double> ofCall(
            WholeCall call, List<WholeCall> others, Contender contender, int number) {
        List<WholeScore> scores = IntStream.range(0, contender.seeds())
                .mapToObj(seed -> WholeScore.of(call, others, contender.answer(seed, number)))
                .toList();
        Map<WholeMeasure, Double> means = new EnumMap<>(WholeMeasure.class);
        for (WholeMeasure measure : WholeMeasure.values()) {
            means.put(
                    measure,
                    Statistics.meanOfKnown(scores.stream()
                            .mapToDouble(score -> measure.of(call, score))
                            .toArray()));
        }
        return means;
    }

    private static double[] values(List<Map<WholeMeasure, Double>> perCall, WholeMeasure measure) {
        return perCall.stream()
                .mapToDouble(means -> means.getOrDefault(measure, Double.NaN))
                .toArray();
    }

    Interval figure(WholeMeasure measure) {
        return figures.getOrDefault(measure, Interval.unknown());
    }

    /** How many calls have an answer of which this can be measured. */
    int measured(WholeMeasure measure) {
        return (int)
                Arrays.stream(values(perCall, measure)).filter(Double::isFinite).count();
    }

    /** The mean over the answers to one call; NaN if none could be measured. */
    double ofCall(int call, WholeMeasure measure) {
        return perCall.get(call).getOrDefault(measure, Double.NaN);
    }

    /**
     * How much more this contender has than another, call by call: nearer to the truth than two intervals, because both
     * have answered the same calls.
     */
    Interval less(WholeRow other, WholeMeasure measure) {
        double[] mine = values(perCall, measure);
        double[] others = values(other.perCall, measure);
        return Statistics.meanOfKnownWithInterval(
                IntStream.range(0, mine.length)
                        .mapToDouble(i -> mine[i] - others[i])
                        .toArray(),
                array(groups));
    }

    private static int[] array(List<Integer> groups) {
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }
}
