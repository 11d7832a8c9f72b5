package antiphon.judge;

import antiphon.judge.intime.InTimeScore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far one contender's answers are in time: means over the calls, each the mean over its answers. Immutable.
 *
 * @param contender who, and all its answers
 * @param perCall the means over the answers to each call; NaN where none could be measured
 * @param figures by measure; unknown where no answer could be measured
 * @param swingFollowed 0 if answers to swung calls swing no more than those to even calls, 1 if as much as the calls
 * @param rhythm whether the rhythm is the call's
 */
record InTimeRow(
        Contender contender,
        List<Map<InTimeMeasure, Double>> perCall,
        Map<InTimeMeasure, Interval> figures,
        double swingFollowed,
        RhythmFigures rhythm) {

    static InTimeRow of(List<InTimeCall> calls, Contender contender) {
        List<Map<InTimeMeasure, Double>> perCall = new ArrayList<>();
        for (InTimeCall call : calls) {
            perCall.add(ofCall(call, contender, perCall.size()));
        }
        Map<InTimeMeasure, Interval> figures = new EnumMap<>(InTimeMeasure.class);
        for (InTimeMeasure measure : InTimeMeasure.values()) {
            figures.put(measure, figure(calls, perCall, measure));
        }
        return new InTimeRow(
                contender,
                List.copyOf(perCall),
                figures,
                swingFollowed(calls, figures),
                RhythmFigures.of(calls, contender));
    }

    Interval figure(InTimeMeasure measure) {
        return figures.getOrDefault(measure, Interval.unknown());
    }

    /** The mean over the answers to one call; NaN if none could be measured. */
    double ofCall(int call, InTimeMeasure measure) {
        return perCall.get(call).getOrDefault(measure, Double.NaN);
    }

    private static Map<InTimeMeasure, Double> ofCall(InTimeCall call, Contender contender, int number) {
        List<InTimeScore> scores = IntStream.range(0, contender.seeds())
                .mapToObj(seed ->
                        InTimeScore.of(call.pulseFromTurn(), call.lastNanosFromTurn(), contender.answer(seed, number)))
                .toList();
        Map<InTimeMeasure, Double> means = new EnumMap<>(InTimeMeasure.class);
        for (InTimeMeasure measure : InTimeMeasure.values()) {
            means.put(
                    measure,
                    Statistics.meanOfKnown(scores.stream()
                            .mapToDouble(score -> measure.of(call.pulse(), score))
                            .toArray()));
        }
        return means;
    }

    private static Interval figure(
            List<InTimeCall> calls, List<Map<InTimeMeasure, Double>> perCall, InTimeMeasure measure) {
        return Statistics.meanOfKnownWithInterval(
                perCall.stream()
                        .mapToDouble(means -> means.getOrDefault(measure, Double.NaN))
                        .toArray(),
                calls.stream().mapToInt(InTimeCall::group).toArray());
    }

    private static double swingFollowed(List<InTimeCall> calls, Map<InTimeMeasure, Interval> figures) {
        double[] logs = calls.stream()
                .mapToDouble(call -> call.pulse().swing())
                .filter(swing -> swing > 1)
                .map(Math::log)
                .toArray();
        double swung =
                figures.getOrDefault(InTimeMeasure.SWUNG, Interval.unknown()).value();
        double even =
                figures.getOrDefault(InTimeMeasure.EVEN, Interval.unknown()).value();
        return (Math.log(swung) - Math.log(even)) / Statistics.mean(logs);
    }
}
