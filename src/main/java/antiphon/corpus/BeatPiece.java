package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.List;

/**
 * Music whose beats are known, to judge by who looks for them. Immutable.
 *
 * @param name what tells it from the others of its set
 * @param notes in order of onset; the melody is the human's voice, what accompanies it the answer's
 * @param beatsNanos ascending, on the same clock as the notes
 */
public record BeatPiece(String name, List<Note> notes, List<Long> beatsNanos) {
    public BeatPiece {
        notes = List.copyOf(notes);
        beatsNanos = List.copyOf(beatsNanos);
    }

    /** Without what accompanies it. */
    BeatPiece melody() {
        return new BeatPiece(
                name, notes.stream().filter(note -> note.voice() == Voice.HUMAN).toList(), beatsNanos);
    }
}
