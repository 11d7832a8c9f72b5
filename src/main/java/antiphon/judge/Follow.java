package antiphon.judge;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far answers follow their calls: R = (generated − shuffled) / (human − shuffled), where each is the mean
 * {@link Trait#closeness} of calls to the contender's answers, to the answers of other pieces, and to their true
 * answers. 0 ignores the human, 1 follows as a human does; above 1 clings to the call more than humans do. Immutable.
 *
 * @param r with its interval; unknown if humans do not measurably follow in this trait themselves
 * @param gap human − shuffled: what there is to follow
 */
record Follow(Trait trait, Interval r, double generated, double human, double shuffled, Interval gap) {

    /** All traits of one contender. */
    static Map<Trait, Follow> of(Exchanges exchanges, Contender contender) {
        List<Traits> calls = exchanges.chosen().stream()
                .map(each -> Traits.of(each.call().notes()))
                .toList();
        List<Traits> humans = exchanges.chosen().stream()
                .map(each -> Traits.of(each.answer()))
                .toList();
        List<List<Traits>> made = contender.answers().stream()
                .map(ofSeed -> ofSeed.stream().map(Traits::of).toList())
                .toList();
        Map<Trait, Follow> follows = new EnumMap<>(Trait.class);
        for (Trait trait : Trait.values()) {
            follows.put(trait, of(trait, exchanges.clusters(), calls, humans, made));
        }
        return follows;
    }

    private static Follow of(
            Trait trait, int[] clusters, List<Traits> calls, List<Traits> humans, List<List<Traits>> made) {
        int count = calls.size();
        double[] human = new double[count];
        double[] shuffled = new double[count];
        double[] generated = new double[count];
        for (int i = 0; i < count; i++) {
            Traits call = calls.get(i);
            int here = i;
            shuffled[i] = Statistics.meanOfKnown(java.util.stream.IntStream.range(0, count)
                    .filter(other -> clusters[other] != clusters[here])
                    .mapToDouble(other -> trait.closeness(call, humans.get(other)))
                    .toArray());
            human[i] = orElse(trait.closeness(call, humans.get(i)), shuffled[i]);
            double unheard = shuffled[i];
            // An answer with too few notes for the trait does not follow: it counts as 0.
            generated[i] = made.stream()
                    .mapToDouble(ofSeed -> orElse(trait.closeness(call, ofSeed.get(here)), unheard))
                    .average()
                    .orElse(unheard);
        }
        return of(trait, clusters, generated, human, shuffled);
    }

    /** R of closenesses known for each call. */
    static Follow of(Trait trait, int[] clusters, double[] generated, double[] human, double[] shuffled) {
        int[] all = java.util.stream.IntStream.range(0, human.length)
                .filter(i -> Double.isFinite(shuffled[i]))
                .toArray();
        int[] known = Arrays.stream(all).map(i -> clusters[i]).toArray();
        double[] g = at(generated, all);
        double[] h = at(human, all);
        double[] s = at(shuffled, all);
        Interval gap = Statistics.bootstrap(known, places -> Statistics.mean(h, places) - Statistics.mean(s, places));
        // If humans do not follow more than chance, the ratio would be divided by noise.
        Interval r = gap.low() > 0
                ? Statistics.bootstrap(
                        known,
                        places -> (Statistics.mean(g, places) - Statistics.mean(s, places))
                                / (Statistics.mean(h, places) - Statistics.mean(s, places)))
                : Interval.unknown();
        return new Follow(trait, r, Statistics.mean(g), Statistics.mean(h), Statistics.mean(s), gap);
    }

    private static double[] at(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    private static double orElse(double value, double fallback) {
        return Double.isFinite(value) ? value : fallback;
    }
}
