package antiphon.reference;

import antiphon.corpus.Score;
import antiphon.corpus.Surprise;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An interpolated n-gram over the fields of events, in the order in which the network chooses them: kind, time, pitch,
 * velocity, each given those before. Immutable, any thread.
 *
 * @param fields one chain for each
 */
record Ngram(List<BackoffChain> fields) {
    private static final double LN_2 = Math.log(2);

    Ngram {
        fields = List.copyOf(fields);
    }

    /** Counts pieces; {@code minWorth} as in {@link ContextCounter}. */
    static Ngram count(List<FieldPlan> plans, List<int[]> pieces, double minWorth) {
        List<BackoffChain> chains = new ArrayList<>();
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            chains.add(BackoffChain.count(plans.get(field), field, pieces, minWorth));
        }
        return new Ngram(chains);
    }

    /** Bits per note of some pieces, given as their events, counted as {@link Surprise} counts them. */
    Score score(Stream<int[]> pieces) {
        double[] bits = new double[Vocabulary.FIELDS];
        EventWindow window = new EventWindow();
        long notes = 0;
        long events = 0;
        for (int[] piece : (Iterable<int[]>) pieces::iterator) {
            window.restart();
            for (int event : piece) {
                add(window.with(event), bits);
                notes += Event.isNoteOn(Event.kind(event)) ? 1 : 0;
                events++;
            }
        }
        return Score.of(notes, events, bits);
    }

    private void add(int[] window, double[] bits) {
        int event = window[0];
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            if (Event.realValues(field, Event.kind(event)) > 0) {
                double probability = fields.get(field).probability(Event.field(event, field), window);
                bits[field] -= Math.log(probability) / LN_2;
            }
        }
        bits[1] += Surprise.gridBits(event);
    }

    /** How many values are listed in all tables. */
    long size() {
        return fields.stream().mapToLong(BackoffChain::size).sum();
    }
}
