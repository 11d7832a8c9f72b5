package antiphon.judge;

import antiphon.judge.intime.Rhythm;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an answer's rhythm comes from its call or from the random numbers. Immutable.
 *
 * @param sameCall correlation of the inter-onset intervals of answers to one call with different seeds
 * @param otherCall the same of answers to different calls with one seed
 * @param ofCall share of an answer's figures of three intervals that its call has too
 * @param ofOthers share that another call has, the mean over the others
 */
record RhythmFigures(double sameCall, double otherCall, double ofCall, double ofOthers) {

    static RhythmFigures of(List<InTimeCall> calls, Contender contender) {
        List<Double> own = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            for (int seed = 0; seed < contender.seeds(); seed++) {
                List<Note> answer = contender.answer(seed, call);
                for (int other = 0; other < calls.size(); other++) {
                    double share = Rhythm.shared(
                            answer,
                            calls.get(call).pulse().stepNanos(),
                            calls.get(other).phrase().notes(),
                            calls.get(other).pulse().stepNanos());
                    (other == call ? own : others).add(share);
                }
            }
        }
        return new RhythmFigures(
                Rhythm.correlation(sameCall(calls.size(), contender)),
                Rhythm.correlation(sameSeed(calls.size(), contender)),
                mean(own),
                mean(others));
    }

    private static double mean(List<Double> shares) {
        return Statistics.meanOfKnown(
                shares.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<Rhythm.Pair> sameCall(int calls, Contender contender) {
        List<Rhythm.Pair> pairs = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            for (int seed = 0; seed < contender.seeds(); seed++) {
                for (int other = 0; other < seed; other++) {
                    pairs.add(new Rhythm.Pair(contender.answer(seed, call), contender.answer(other, call)));
                }
            }
        }
        return pairs;
    }

    private static List<Rhythm.Pair> sameSeed(int calls, Contender contender) {
        List<Rhythm.Pair> pairs = new ArrayList<>();
        for (int seed = 0; seed < contender.seeds(); seed++) {
            for (int call = 0; call < calls; call++) {
                for (int other = 0; other < call; other++) {
                    pairs.add(new Rhythm.Pair(contender.answer(seed, call), contender.answer(seed, other)));
                }
            }
        }
        return pairs;
    }
}
