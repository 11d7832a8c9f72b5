package antiphon.judge;

import antiphon.corpus.Piece;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.improv.part.Critic;
import antiphon.improv.part.CriticTrial;
import antiphon.model.CriticWeights;
import antiphon.model.StackedLstm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Learns what tells answers of people from those that the network draws: a logistic model of the differences of what the
 * critic counts, one for each drawn answer. What it chooses by is not what it is judged by: {@code judge.whole} counts
 * for itself.
 *
 * <p>People differ from the network in ways that are no merit: they are less exactly in time and in key, because nothing
 * pulls them there, and less likely to the network than what it has drawn itself. A free fit gives these the largest
 * weights (it tells 95 % of pairs apart) and would choose answers out of key and off the beat. So a weight never changes
 * the sign of the usual one, and is drawn back to it.
 */
public final class CriticTuning {
    private static final int CALLS = 400;
    private static final int CANDIDATES = 8;

    /** Every third call is kept apart, to see whether what was learned holds. */
    private static final int APART = 3;

    private static final int ROUNDS = 3_000;
    private static final double RATE = 0.5;
    private static final double PULL = 0.02;

    private CriticTuning() {}

    /**
     * What was learned.
     *
     * @param told in how many of all pairs of a human's answer and a drawn one, of calls kept apart, the human's is better
     * @param toldBefore the same by the weights that it began with
     * @param calls all that were used
     */
    public record Result(CriticWeights weights, double told, double toldBefore, int calls) {}

    /**
     * Learns from the calls of these pieces and what followed them.
     *
     * @param progress told how many calls are done
     * @throws JudgeException if there are too few
     */
    public static Result tune(StackedLstm network, List<Piece> pieces, CriticWeights before, IntConsumer progress) {
        Settings settings = Settings.standard(Mode.CALL);
        CriticTrial trial = new CriticTrial(network, settings);
        List<Exchange> calls = Exchanges.of(pieces, CALLS, settings.restNanos()).chosen();
        List<double[]> learned = new ArrayList<>();
        List<double[]> apart = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Exchange call = calls.get(i);
            List<double[]> counted = trial.of(call.call().notes(), call.ringing(), CANDIDATES, Stage.seed(1, i));
            for (double[] imagined : counted.subList(1, counted.size())) {
                double[] difference = new double[CriticWeights.COUNT];
                for (int k = 0; k < difference.length; k++) {
                    difference[k] = counted.getFirst()[k] - imagined[k];
                }
                (i % APART == 0 ? apart : learned).add(difference);
            }
            progress.accept(i + 1);
        }
        CriticWeights weights = learn(learned, Critic.usual());
        return new Result(weights, told(apart, weights), told(apart, before), calls.size());
    }

    /** Steepest ascent of the likelihood, each feature measured in its own spread. */
    private static CriticWeights learn(List<double[]> differences, CriticWeights usual) {
        double[] spread = new double[CriticWeights.COUNT];
        for (double[] difference : differences) {
            for (int k = 0; k < spread.length; k++) {
                spread[k] += difference[k] * difference[k] / differences.size();
            }
        }
        for (int k = 0; k < spread.length; k++) {
            spread[k] = spread[k] > 0 ? Math.sqrt(spread[k]) : 1;
        }
        double[] weights = new double[CriticWeights.COUNT];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = usual.get(k) * spread[k];
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] slope = new double[weights.length];
            for (double[] difference : differences) {
                double score = 0;
                for (int k = 0; k < weights.length; k++) {
                    score += weights[k] * difference[k] / spread[k];
                }
                double wrong = 1 / (1 + Math.exp(score)) / differences.size();
                for (int k = 0; k < weights.length; k++) {
                    slope[k] += wrong * difference[k] / spread[k];
                }
            }
            for (int k = 0; k < weights.length; k++) {
                double sign = Math.signum(usual.get(k));
                double moved = weights[k] + RATE * (slope[k] - PULL * (weights[k] - usual.get(k) * spread[k]));
                weights[k] = sign * Math.max(0, sign * moved);
            }
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= spread[k];
        }
        return CriticWeights.of(weights);
    }

    private static double told(List<double[]> differences, CriticWeights weights) {
        int right = 0;
        for (double[] difference : differences) {
            double score = 0;
            for (int k = 0; k < difference.length; k++) {
                score += weights.get(k) * difference[k];
            }
            right += score > 0 ? 1 : 0;
        }
        return differences.isEmpty() ? 0 : (double) right / differences.size();
    }
}
