package antiphon.judge;

import antiphon.music.Note;
import java.util.List;

/**
 * What answers calls: the improviser or a strawman. Immutable.
 *
 * @param name for people
 * @param answers of each seed, to each chosen call in turn; an answer's times are from the turn
 */
record Contender(String name, List<List<List<Note>>> answers) {
    /** How many times each call was answered. */
    int seeds() {
        return answers.size();
    }

    List<Note> answer(int seed, int call) {
        return answers.get(seed).get(call);
    }
}
