package antiphon.reference;

import antiphon.music.Event;
import antiphon.reference.ContextCounter.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * An n-gram of one field: tables of ever longer contexts, each interpolated with the one before, the first with a
 * uniform distribution. Every value has a probability above 0, and they sum to 1. Immutable, any thread.
 *
 * @param values how many values the field can take
 * @param tables one for each of the plan's contexts
 */
record BackoffChain(FieldPlan plan, int values, List<ContextTable> tables) {
    BackoffChain {
        tables = List.copyOf(tables);
    }

    /** The probability of a value; what the window's own event has in that field does not matter. */
    double probability(int value, int[] window) {
        double probability = 1.0 / values;
        for (int i = 0; i < tables.size(); i++) {
            ContextShape shape = plan.contexts().get(i);
            probability = tables.get(i).probability(shape.hash(window), shape.symbol(value, window), probability);
        }
        return probability;
    }

    /**
     * Counts a field of all events that have it.
     *
     * @param pieces events of each
     * @param minWorth see {@link ContextCounter}
     */
    static BackoffChain count(FieldPlan plan, int field, List<int[]> pieces, double minWorth) {
        int events = events(field, pieces);
        BitSet all = new BitSet();
        all.set(0, events);
        List<BitSet> counted = Collections.nCopies(plan.contexts().size(), all);
        if (plan.smoothing() == Smoothing.KNESER_NEY) {
            // First find which values will be listed: the counts of the lower orders depend on it.
            List<BitSet> listed = counted;
            if (minWorth > 0) {
                listed = count(plan, field, pieces, counted, minWorth).stream()
                        .map(Counted::listed)
                        .toList();
            }
            counted = continuations(plan, field, pieces, listed);
        }
        List<ContextTable> tables = count(plan, field, pieces, counted, minWorth).stream()
                .map(Counted::table)
                .toList();
        return new BackoffChain(plan, values(field), tables);
    }

    private static List<Counted> count(
            FieldPlan plan, int field, List<int[]> pieces, List<BitSet> counted, double minWorth) {
        float[] lower = new float[counted.getLast().length()];
        Arrays.fill(lower, 1f / values(field));
        List<Counted> orders = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++) {
            long[] keys = keys(plan.contexts().get(i), field, pieces, lower.length);
            orders.add(ContextCounter.count(keys, counted.get(i), plan.smoothing(), minWorth, lower));
        }
        return orders;
    }

    /**
     * Which events count in each order. In the highest, all. In the others, those that come to it because their value
     * is not listed in the order above; of those that are listed there, one for each context it is listed in, for the
     * lower order is asked only in contexts where it was not heard (Kneser and Ney, Improved Backing-off for M-gram
     * Language Modeling, 1995; with a pruned model: Siivola, Hirsimäki and Virpioja, On Growing and Pruning Kneser-Ney
     * Smoothed N-Gram Models, 2007).
     */
    private static List<BitSet> continuations(FieldPlan plan, int field, List<int[]> pieces, List<BitSet> listed) {
        int events = events(field, pieces);
        BitSet above = new BitSet();
        above.set(0, events);
        List<BitSet> counted = new ArrayList<>(List.of(above));
        for (int i = plan.contexts().size() - 2; i >= 0; i--) {
            long[] higher = keys(plan.contexts().get(i + 1), field, pieces, events);
            long[] keys = keys(plan.contexts().get(i), field, pieces, events);
            LongSet pairs = new LongSet(events);
            BitSet here = new BitSet();
            for (int j = above.nextSetBit(0); j >= 0; j = above.nextSetBit(j + 1)) {
                if (!listed.get(i + 1).get(j) || pairs.add(ContextCounter.pair(higher[j], keys[j]))) {
                    here.set(j);
                }
            }
            counted.addFirst(here);
            above = here;
        }
        return counted;
    }

    private static int events(int field, List<int[]> pieces) {
        long events = 0;
        for (int[] piece : pieces) {
            for (int event : piece) {
                events += Event.realValues(field, Event.kind(event)) > 0 ? 1 : 0;
            }
        }
        if (events > ContextCounter.MAX_EVENTS) {
            throw new ReferenceException("corpus: " + events + " events to count; at most " + ContextCounter.MAX_EVENTS
                    + " allowed. Name fewer files.");
        }
        return (int) events;
    }

    private static long[] keys(ContextShape shape, int field, List<int[]> pieces, int events) {
        long[] keys = new long[events];
        int size = 0;
        EventWindow window = new EventWindow();
        for (int[] piece : pieces) {
            window.restart();
            for (int event : piece) {
                int[] around = window.with(event);
                if (Event.realValues(field, Event.kind(event)) > 0) {
                    int symbol = shape.symbol(Event.field(event, field), around);
                    keys[size] = ContextCounter.key(shape.hash(around), symbol, size);
                    size++;
                }
            }
        }
        return keys;
    }

    /** How many values a field can take in events that have it. */
    static int values(int field) {
        return Event.realValues(field, Event.HUMAN_ON);
    }

    /** How many values are listed in all tables. */
    long size() {
        return tables.stream().mapToLong(ContextTable::valueCount).sum();
    }
}
