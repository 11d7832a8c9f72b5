package antiphon.judge;

import antiphon.music.Note;
import java.util.List;

/**
 * A held-out call and what truly followed it. Immutable.
 *
 * @param piece its name
 * @param call what is played to the improviser
 * @param answer the phrase that follows in the piece, in the voice of the answer; times from the turn
 * @param ringing its notes as long as they truly sound, where the phrase cuts them at its end
 */
record Exchange(String piece, Phrase call, List<Note> answer, List<Note> ringing) {}
