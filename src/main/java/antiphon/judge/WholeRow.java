package antiphon.judge;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One contender's whole answers. Immutable.
 *
 * @param contender who, and all its answers
 * @param means what was measured of them
 */
record WholeRow(Contender contender, Means<WholeMeasure> means) {

    static WholeRow of(List<WholeCall> calls, Contender contender) {
        return new WholeRow(
                contender,
                Means.of(
                        WholeMeasure.class,
                        calls.stream().map(WholeCall::group).toList(),
                        call -> scores(calls, call, contender),
                        (measure, call, score) -> measure.of(calls.get(call), score)));
    }

    private static List<WholeScore> scores(List<WholeCall> calls, int number, Contender contender) {
        WholeCall call = calls.get(number);
        List<WholeCall> others =
                calls.stream().filter(other -> other.group() != call.group()).toList();
        return IntStream.range(0, contender.seeds())
                .mapToObj(seed -> WholeScore.of(call, others, contender.answer(seed, number)))
                .toList();
    }
}
