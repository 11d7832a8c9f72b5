package antiphon.judge;

import antiphon.model.StackedLstm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Whether the network hears the call at all: how many bits per note the true answer costs after its true call and after
 * calls swapped in from other pieces, matched by {@link Matching}. Immutable.
 *
 * @param pairs one for each chosen call
 * @param gain mean of what the true call saves against the nearest swapped one, in bits per note
 * @param gainOnAll the same against all nine
 * @param above share of pairs with a gain above 0
 * @param retrieval share of calls that the network picks out of ten by the likelihood of the true answer; chance is 0.1
 */
record ResponseGain(List<Pair> pairs, Interval gain, Interval gainOnAll, Interval above, Interval retrieval) {
    static final int DISTRACTORS = 9;

    /**
     * One answer after ten calls.
     *
     * @param bitsTrue bits per note after the true call
     * @param bitsSwapped the same after each swapped one, best matched first
     */
    record Pair(double bitsTrue, List<Double> bitsSwapped) {
        double gain() {
            return bitsSwapped.getFirst() - bitsTrue;
        }

        double gainOnAll() {
            return bitsSwapped.stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(Double.NaN)
                    - bitsTrue;
        }

        /** Where the true call comes among the ten: 1 is first. */
        int rank() {
            int rank = 1;
            for (double bits : bitsSwapped) {
                rank += bits <= bitsTrue ? 1 : 0;
            }
            return rank;
        }
    }

    /** Measures a network; tells how many calls are done. */
    static ResponseGain of(StackedLstm network, Exchanges exchanges, IntConsumer progress) {
        Likelihood likelihood = new Likelihood(network);
        Matching matching = new Matching(exchanges.all());
        List<Pair> pairs = new ArrayList<>();
        for (Exchange exchange : exchanges.chosen()) {
            int notes = exchange.answer().size();
            List<Double> swapped = matching.nearest(exchange, DISTRACTORS).stream()
                    .map(call -> likelihood.bits(call, exchange.answer()) / notes)
                    .toList();
            pairs.add(new Pair(likelihood.bits(exchange.call(), exchange.answer()) / notes, swapped));
            progress.accept(pairs.size());
        }
        return of(pairs, exchanges.clusters());
    }

    /** Sums up pairs. */
    static ResponseGain of(List<Pair> pairs, int[] clusters) {
        double[] gain = pairs.stream().mapToDouble(Pair::gain).toArray();
        double[] gainOnAll = pairs.stream().mapToDouble(Pair::gainOnAll).toArray();
        double[] above =
                pairs.stream().mapToDouble(pair -> pair.gain() > 0 ? 1 : 0).toArray();
        double[] first =
                pairs.stream().mapToDouble(pair -> pair.rank() == 1 ? 1 : 0).toArray();
        return new ResponseGain(
                List.copyOf(pairs),
                Statistics.meanWithInterval(gain, clusters),
                Statistics.meanWithInterval(gainOnAll, clusters),
                Statistics.meanWithInterval(above, clusters),
                Statistics.meanWithInterval(first, clusters));
    }
}
