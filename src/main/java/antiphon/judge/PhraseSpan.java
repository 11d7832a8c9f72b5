package antiphon.judge;

import antiphon.corpus.PhrasedPiece;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A marked phrase as the judge of turn-taking sees it. Immutable; times on the clock of the performance.
 *
 * @param startNanos its first onset
 * @param lastOnsetNanos its last
 * @param endNanos when its last note is let go
 * @param nextNanos the first onset of the next phrase; {@link Long#MAX_VALUE} after the last phrase
 * @param beatNanos a beat near its end
 */
record PhraseSpan(long startNanos, long lastOnsetNanos, long endNanos, long nextNanos, double beatNanos) {
    /** A shorter rest, in beats or in time, leaves no room for an answer: nobody would take it for the partner's turn. */
    static final int ROOM_BEATS = 2;

    static final long ROOM_NANOS = 1_000_000_000L;

    private static final double FASTEST_TAPPED_NANOS = 300e6;

    /** So many beats before a phrase's end say how long one is. */
    private static final int NEAR_BEATS = 8;

    /** All phrases of a performance. */
    static List<PhraseSpan> of(PhrasedPiece piece) {
        List<PhraseSpan> spans = new ArrayList<>();
        List<Long> marks = piece.phraseOnsetsNanos();
        for (int i = 0; i < marks.size(); i++) {
            long from = marks.get(i);
            long to = i + 1 < marks.size() ? marks.get(i + 1) : Long.MAX_VALUE;
            List<Note> notes = piece.notes().stream()
                    .filter(note -> note.onsetNanos() >= from && note.onsetNanos() < to)
                    .toList();
            if (!notes.isEmpty()) {
                long endNanos =
                        notes.stream().mapToLong(Note::offsetNanos).max().orElseThrow();
                long lastNanos = notes.getLast().onsetNanos();
                spans.add(new PhraseSpan(from, lastNanos, endNanos, to, beatNanos(piece.beatsNanos(), lastNanos)));
            }
        }
        return spans;
    }

    private static double beatNanos(List<Long> beats, long nearNanos) {
        int next = 1;
        while (next < beats.size() - 1 && beats.get(next) < nearNanos) {
            next++;
        }
        double[] periods = new double[Math.min(next, NEAR_BEATS)];
        for (int i = 0; i < periods.length; i++) {
            periods[i] = beats.get(next - i) - beats.get(next - i - 1);
        }
        Arrays.sort(periods);
        return periods[periods.length / 2];
    }

    /**
     * The beat that people tap: they do not tap more than 200 a minute but every second beat, and a band at 270 feels half
     * notes too.
     */
    double tappedNanos() {
        return beatNanos < FASTEST_TAPPED_NANOS ? 2 * beatNanos : beatNanos;
    }

    /** True if the performer leaves so much room after it that an answer would be expected. */
    boolean leavesRoom() {
        long restNanos = nextNanos == Long.MAX_VALUE ? nextNanos : nextNanos - endNanos;
        return restNanos >= Math.max(ROOM_NANOS, ROOM_BEATS * beatNanos);
    }
}
