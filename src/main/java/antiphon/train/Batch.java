package antiphon.train;

import antiphon.corpus.Surprise;
import antiphon.music.Event;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import java.util.Arrays;

/** One window of every lane. Treat as immutable. */
final class Batch {
    private final int[][] heard;
    private final int[][] events;
    private final int[][] places;
    private final boolean[] fresh;

    /**
     * Makes a batch.
     *
     * @param events [lane][window + 1], packed: each event predicts the one after it; not copied
     * @param places of the events, see {@link Place}; not copied
     * @param fresh per lane: a dialogue begins with this window, so the network forgets what it heard before
     */
    Batch(int[][] events, int[][] places, boolean[] fresh) {
        this(events, events, places, fresh);
    }

    private Batch(int[][] heard, int[][] events, int[][] places, boolean[] fresh) {
        this.heard = heard;
        this.places = places;
        this.events = events;
        this.fresh = fresh;
    }

    /**
     * The same to predict, but after hearing something else.
     *
     * @param other [lane][window], packed; not copied
     */
    Batch heardAs(int[][] other) {
        return new Batch(other, events, places, fresh);
    }

    /** Some of the lanes. */
    Batch lanes(int begin, int end) {
        return new Batch(
                Arrays.copyOfRange(heard, begin, end),
                Arrays.copyOfRange(events, begin, end),
                Arrays.copyOfRange(places, begin, end),
                Arrays.copyOfRange(fresh, begin, end));
    }

    /** The events of a lane, as they are to be predicted. */
    int[] lane(int lane) {
        return events[lane];
    }

    /** True if a dialogue begins in this lane. */
    boolean isFresh(int lane) {
        return fresh[lane];
    }

    int lanes() {
        return events.length;
    }

    /** Predictions in each lane. */
    int window() {
        return events[0].length - 1;
    }

    /** Note-ons among the events to predict. */
    int notes() {
        int notes = 0;
        for (int[] lane : events) {
            for (int i = 1; i < lane.length; i++) {
                notes += Event.isNoteOn(Event.kind(lane[i])) ? 1 : 0;
            }
        }
        return notes;
    }

    /** The bits that the time bins do not say: see {@link Surprise}. */
    double gridBits() {
        double bits = 0;
        for (int[] lane : events) {
            for (int i = 1; i < lane.length; i++) {
                bits += Surprise.gridBits(lane[i]);
            }
        }
        return bits;
    }

    /**
     * One field of every event, lane after lane.
     *
     * @param offset 0 for what the network hears, 1 for what it is to predict
     */
    float[] field(int field, int offset) {
        int window = window();
        int[][] from = offset == 0 ? heard : events;
        float[] values = new float[lanes() * window];
        for (int lane = 0; lane < lanes(); lane++) {
            for (int i = 0; i < window; i++) {
                values[lane * window + i] = Event.field(from[lane][i + offset], field);
            }
        }
        return values;
    }

    /**
     * What the network is told of the places of what it hears, lane after lane.
     *
     * @param field see {@link Place#field}
     */
    float[] place(int field) {
        int window = window();
        float[] values = new float[lanes() * window];
        for (int i = 0; i < values.length; i++) {
            values[i] = Place.field(places[i / window][i % window], field);
        }
        return values;
    }

    /** How sure the pulse is at what the network hears, 0 to 1, lane after lane. */
    float[] sureness() {
        int window = window();
        float[] values = new float[lanes() * window];
        for (int i = 0; i < values.length; i++) {
            values[i] = Place.sureness(places[i / window][i % window]);
        }
        return values;
    }

    /** Where in the beat, in phases, the next event would land by each time bin: [lane][bin][step]. */
    float[] landings() {
        int window = window();
        float[] values = new float[lanes() * Vocabulary.TIME_BINS * window];
        for (int lane = 0; lane < lanes(); lane++) {
            for (int bin = 0; bin < Vocabulary.TIME_BINS; bin++) {
                for (int i = 0; i < window; i++) {
                    values[(lane * Vocabulary.TIME_BINS + bin) * window + i] = Place.landingPhase(places[lane][i], bin);
                }
            }
        }
        return values;
    }

    /**
     * Which predictions of a field count, lane after lane, 1 or 0: those that {@link Surprise} counts. That an event
     * has no pitch or no velocity follows from its kind, and nothing can predict that a piece begins.
     */
    float[] counted(int field) {
        int window = window();
        float[] counted = new float[lanes() * window];
        for (int lane = 0; lane < lanes(); lane++) {
            for (int i = 0; i < window; i++) {
                int kind = Event.kind(events[lane][i + 1]);
                boolean counts = kind != Event.START && Event.realValues(field, kind) > 0;
                counted[lane * window + i] = counts ? 1 : 0;
            }
        }
        return counted;
    }
}
