package antiphon.judge;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.List;

/**
 * A phrase of a piece, by itself. Immutable.
 *
 * @param startNanos its first onset in the piece
 * @param turnNanos when the turn passes, from its first onset: all its notes have ended, if need be cut short
 * @param nextNanos from the turn to the next phrase's first onset, 0 or more
 * @param notes in the human voice; times from the first onset, so that the first note is at 0
 */
record Phrase(long startNanos, long turnNanos, long nextNanos, List<Note> notes) {
    /** From its first onset to the turn. */
    long lengthNanos() {
        return turnNanos - notes.stream().mapToLong(Note::onsetNanos).min().orElse(0);
    }

    /** The same in the voice of the answer, its first onset after a wait. */
    List<Note> asAnswer(long waitNanos) {
        return notes.stream()
                .map(note -> new Note(
                        Voice.ANSWER,
                        note.onsetNanos() + waitNanos,
                        note.durationNanos(),
                        note.pitch(),
                        note.velocity()))
                .toList();
    }
}
