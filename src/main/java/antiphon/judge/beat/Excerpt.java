package antiphon.judge.beat;

import antiphon.corpus.BeatPiece;
import antiphon.music.Note;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What is played of a piece: some seconds from a start inside it, after a rest if there is one, as people begin. */
final class Excerpt {
    private static final long SECOND = 1_000_000_000L;
    private static final long LENGTH_NANOS = 24 * SECOND;
    private static final long SEARCH_NANOS = 8 * SECOND;

    /** Before the first onset, for noise to have room. */
    static final long LEAD_NANOS = SECOND;

    private static final int MIN_NOTES = 16;
    private static final double EARLIEST = 0.1;
    private static final double LATEST = 0.5;

    private Excerpt() {}

    /** The excerpt; its first note begins at {@link #LEAD_NANOS}. Empty if the piece is too short. */
    static Optional<BeatPiece> of(BeatPiece piece) {
        if (piece.notes().size() < MIN_NOTES || piece.beatsNanos().isEmpty()) {
            return Optional.empty();
        }
        long first = piece.notes().getFirst().onsetNanos();
        long last = Math.min(
                piece.notes().getLast().onsetNanos(), piece.beatsNanos().getLast());
        double where = new SplittableRandom(piece.name().hashCode()).nextDouble(EARLIEST, LATEST);
        long from = first + Math.round((last - first) * where);
        from = Math.max(first, Math.min(from, last - LENGTH_NANOS - SEARCH_NANOS));
        long start = afterRest(piece.notes(), from);
        long end = start + LENGTH_NANOS;
        if (end > last || piece.beatsNanos().getFirst() > start) {
            return Optional.empty();
        }
        long back = start - LEAD_NANOS;
        List<Note> notes = piece.notes().stream()
                .filter(note -> note.onsetNanos() >= start && note.onsetNanos() < end)
                .map(note -> new Note(
                        note.voice(), note.onsetNanos() - back, note.durationNanos(), note.pitch(), note.velocity()))
                .toList();
        List<Long> beats = piece.beatsNanos().stream()
                .filter(beat -> beat > start - LENGTH_NANOS && beat < end)
                .map(beat -> beat - back)
                .toList();
        return notes.size() < MIN_NOTES ? Optional.empty() : Optional.of(new BeatPiece(piece.name(), notes, beats));
    }

    private static long afterRest(List<Note> notes, long from) {
        long start = from;
        long longest = -1;
        long before = Long.MIN_VALUE / 2;
        for (Note note : notes) {
            long onset = note.onsetNanos();
            if (onset >= from && (longest < 0 || onset <= from + SEARCH_NANOS) && onset - before > longest) {
                longest = longest < 0 ? 0 : onset - before;
                start = onset;
            }
            before = onset;
        }
        return start;
    }
}
