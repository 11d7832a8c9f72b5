package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Origin;
import antiphon.improv.Plan;
import antiphon.improv.listen.NoteList;
import antiphon.music.Event;
import antiphon.music.Vocabulary;

/** One answer that was imagined to its end, with what the critic thinks of it. One thread; allocates nothing. */
@HotPath
final class Candidate {
    private final int[] events = new int[Plan.CAPACITY];
    private final long[] dueNanos = new long[Plan.CAPACITY];
    private final double[] places = new double[Plan.CAPACITY];
    private final NoteList notes = new NoteList();
    private int size;
    private double nats;
    private double score;
    private Origin origin = Origin.DRAWN;
    private double motifs;

    /** Begins anew. */
    void clear() {
        size = 0;
        nats = 0;
        notes.clear();
    }

    /**
     * One more event.
     *
     * @param place in the song, where a clock says it
     * @param eventNats how unlikely the network holds it
     */
    void add(int event, long due, double place, double eventNats) {
        events[size] = event;
        dueNanos[size] = due;
        places[size] = place;
        size++;
        nats += eventNats;
        switch (Event.kind(event)) {
            case Event.ANSWER_ON -> notes.began(Event.pitch(event), Vocabulary.velocity(Event.velocityBin(event)), due);
            case Event.ANSWER_OFF -> notes.ended(Event.pitch(event), due);
            default -> notes.endAll(due);
        }
    }

    /**
     * Rates it.
     *
     * @param from where it came from
     * @param newMotifs the share of its motifs that are the call's
     */
    void rate(double newScore, Origin from, double newMotifs) {
        score = newScore;
        origin = from;
        motifs = newMotifs;
    }

    Origin origin() {
        return origin;
    }

    /** The share of its motifs that are the call's, 0 to 1. */
    double motifs() {
        return motifs;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == Plan.CAPACITY;
    }

    int event(int number) {
        return events[number];
    }

    long dueNanos(int number) {
        return dueNanos[number];
    }

    /** In the song, in ticks; NaN without a clock. */
    double place(int number) {
        return places[number];
    }

    NoteList notes() {
        return notes;
    }

    double nats() {
        return nats;
    }

    double score() {
        return score;
    }
}
