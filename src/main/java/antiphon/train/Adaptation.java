package antiphon.train;

import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.model.StackedLstm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it is worth to a network to remember the earlier pieces of a session ({@code play.memory = "kept"}): bits per note
 * of each piece but a session's first, with the memory of motifs that began empty in that piece, and with that of the
 * session until then. A session is the pieces of one group, or, where nobody says who made them, of one folder, in their
 * order. Immutable.
 *
 * @param places by the place in the session
 * @param sessions with two pieces or more
 * @param gained how many of them were predicted better with the session's memory
 */
public record Adaptation(List<Place> places, int sessions, int gained) {
    /** The first of each row of the table; the last row has no end. */
    private static final int[] FIRST = {2, 3, 5, 9, 17};

    /**
     * The pieces at some places of their sessions.
     *
     * @param from the first place, counted from 1
     * @param to the last place; {@link Integer#MAX_VALUE} for the end
     * @param alone bits per note with the memory of that piece alone
     * @param remembering bits per note with that of the session
     */
    public record Place(int from, int to, int pieces, long notes, double alone, double remembering) {
        /** Bits per note. */
        public double gain() {
            return alone - remembering;
        }
    }

    public Adaptation {
        places = List.copyOf(places);
    }

    /**
     * Measures it.
     *
     * @throws TrainException one line, if no session has two pieces
     */
    public static Adaptation of(StackedLstm network, List<Piece> pieces) {
        Sum[] sums = new Sum[FIRST.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new Sum();
        }
        int sessions = 0;
        int gained = 0;
        for (List<Piece> session : sessions(pieces)) {
            List<Score> alone = Evaluation.ofEach(network, session, false);
            List<Score> remembering = Evaluation.ofEach(network, session, true);
            double gain = 0;
            for (int i = 1; i < session.size(); i++) {
                gain += sums[row(i + 1)].add(alone.get(i), remembering.get(i));
            }
            sessions++;
            gained += gain > 0 ? 1 : 0;
        }
        if (sessions == 0) {
            throw new TrainException(
                    "corpus: no two pieces by one performer or in one folder; --adapt needs some. Put the"
                            + " pieces of a session into a folder.");
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (sums[i].notes > 0) {
                int to = i + 1 < FIRST.length ? FIRST[i + 1] - 1 : Integer.MAX_VALUE;
                places.add(sums[i].place(FIRST[i], to));
            }
        }
        return new Adaptation(places, sessions, gained);
    }

    private static int row(int place) {
        int row = 0;
        while (row + 1 < FIRST.length && place >= FIRST[row + 1]) {
            row++;
        }
        return row;
    }

    private static List<List<Piece>> sessions(List<Piece> pieces) {
        Map<String, List<Piece>> sessions = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            int folder = piece.name().lastIndexOf('/');
            String session = piece.group().isEmpty() ? piece.name().substring(0, Math.max(0, folder)) : piece.group();
            sessions.computeIfAbsent(session, fresh -> new ArrayList<>()).add(piece);
        }
        return sessions.values().stream().filter(session -> session.size() > 1).toList();
    }

    /** All of them together. */
    public Place all() {
        Sum sum = new Sum();
        for (Place each : places) {
            sum.pieces += each.pieces();
            sum.notes += each.notes();
            sum.alone += each.alone() * each.notes();
            sum.remembering += each.remembering() * each.notes();
        }
        return sum.place(FIRST[0], Integer.MAX_VALUE);
    }

    private static final class Sum {
        private int pieces;
        private long notes;
        private double alone;
        private double remembering;

        /** @return the gain in bits */
        double add(Score own, Score session) {
            pieces++;
            notes += own.notes();
            alone += own.bitsPerNote() * own.notes();
            remembering += session.bitsPerNote() * own.notes();
            return (own.bitsPerNote() - session.bitsPerNote()) * own.notes();
        }

        Place place(int from, int to) {
            return new Place(from, to, pieces, notes, alone / notes, remembering / notes);
        }
    }
}
