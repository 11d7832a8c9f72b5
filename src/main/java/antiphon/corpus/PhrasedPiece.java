package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.List;

/**
 * A performance in which people have marked where phrases begin, and where the beats are. Immutable.
 *
 * @param name what tells it from the others of its set
 * @param side of the {@link Split}
 * @param notes of the one who plays, in order of onset
 * @param phraseOnsetsNanos ascending
 * @param beatsNanos ascending, on the same clock as the notes
 */
public record PhrasedPiece(
        String name, Split side, List<Note> notes, List<Long> phraseOnsetsNanos, List<Long> beatsNanos) {
    public PhrasedPiece {
        notes = List.copyOf(notes);
        phraseOnsetsNanos = List.copyOf(phraseOnsetsNanos);
        beatsNanos = List.copyOf(beatsNanos);
    }

    /** A solo without what accompanies it. */
    static PhrasedPiece of(Piece piece, List<Long> beatsNanos) {
        List<Note> solo = piece.performance().notes().stream()
                .filter(note -> note.voice() == Voice.HUMAN)
                .toList();
        return new PhrasedPiece(piece.name(), Split.of(piece), solo, piece.phraseOnsetsNanos(), beatsNanos);
    }
}
