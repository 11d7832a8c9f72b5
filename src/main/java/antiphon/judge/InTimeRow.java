package antiphon.judge;

import antiphon.judge.intime.InTimeScore;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far one contender's answers are in time. Immutable.
 *
 * @param contender who, and all its answers
 * @param means what was measured of them
 * @param swingFollowed 0 if answers to swung calls swing no more than those to even calls, 1 if as much as the calls
 * @param rhythm whether the rhythm is the call's
 */
record InTimeRow(Contender contender, Means<InTimeMeasure> means, double swingFollowed, RhythmFigures rhythm) {

    static InTimeRow of(List<InTimeCall> calls, Contender contender) {
        Means<InTimeMeasure> means = Means.of(
                InTimeMeasure.class,
                calls.stream().map(InTimeCall::group).toList(),
                call -> scores(calls.get(call), contender, call),
                (measure, call, score) -> measure.of(calls.get(call).pulse(), score));
        return new InTimeRow(contender, means, swingFollowed(calls, means), RhythmFigures.of(calls, contender));
    }

    private static List<InTimeScore> scores(InTimeCall call, Contender contender, int number) {
        return IntStream.range(0, contender.seeds())
                .mapToObj(seed ->
                        InTimeScore.of(call.pulseFromTurn(), call.lastNanosFromTurn(), contender.answer(seed, number)))
                .toList();
    }

    private static double swingFollowed(List<InTimeCall> calls, Means<InTimeMeasure> means) {
        double[] logs = calls.stream()
                .mapToDouble(call -> call.pulse().swing())
                .filter(swing -> swing > 1)
                .map(Math::log)
                .toArray();
        double swung = means.figure(InTimeMeasure.SWUNG).value();
        double even = means.figure(InTimeMeasure.EVEN).value();
        return (Math.log(swung) - Math.log(even)) / Statistics.mean(logs);
    }
}
