package antiphon.train;

import antiphon.model.StackedLstm;
import antiphon.music.Event;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The probability of a value, whatever the window's own event has in that field. */
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
     * @param leastWorth see {@link ContextCounter}
     */
    static BackoffChain count(FieldPlan plan, int field, List<int[]> pieces, double leastWorth) {
        int events = events(field, pieces);
        int values = values(field);
        float[] lower = new float[events];
        Arrays.fill(lower, 1f / values);
        List<ContextTable> tables = new ArrayList<>();
        for (ContextShape shape : plan.contexts()) {
            long[] keys = keys(shape, field, pieces, events);
            tables.add(ContextCounter.count(keys, plan.smoothing(), leastWorth, lower));
        }
        return new BackoffChain(plan, values, tables);
    }

    private static int events(int field, List<int[]> pieces) {
        long events = 0;
        for (int[] piece : pieces) {
            for (int event : piece) {
                events += Evaluation.countedValues(field, Event.kind(event)) > 0 ? 1 : 0;
            }
        }
        if (events > ContextCounter.MOST_EVENTS) {
            throw new TrainException("corpus: " + events + " events to count; at most " + ContextCounter.MOST_EVENTS
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
                if (Evaluation.countedValues(field, Event.kind(event)) > 0) {
                    int symbol = shape.symbol(value(field, event), around);
                    keys[size] = ContextCounter.key(shape.hash(around), symbol, size);
                    size++;
                }
            }
        }
        return keys;
    }

    /** How many values a field can take in events that have it. */
    static int values(int field) {
        return Evaluation.countedValues(field, Event.HUMAN_ON);
    }

    static int value(int field, int event) {
        return switch (field) {
            case StackedLstm.KIND -> Event.kind(event);
            case StackedLstm.TIME -> Event.timeBin(event);
            case StackedLstm.PITCH -> Event.pitch(event);
            default -> Event.velocityBin(event);
        };
    }

    /** How many values are listed in all tables. */
    long size() {
        return tables.stream().mapToLong(ContextTable::valueCount).sum();
    }
}
