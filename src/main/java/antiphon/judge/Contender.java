package antiphon.judge;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;

/**
 * What answers calls: the improviser or a strawman. Immutable.
 *
 * @param name for people
 * @param answers of each seed, to each chosen call in turn; an answer's times are from the turn
 */
record Contender(String name, List<List<List<Note>>> answers) {
    /** Answers one call. */
    @FunctionalInterface
    interface Player {
        /**
         * Its answer.
         *
         * @param seed from 1
         * @param call its number, from 0
         */
        List<Note> answer(int seed, int call);
    }

    /** All answers of a player: to each of so many calls, with each of so many seeds. */
    static Contender of(String name, int calls, int seeds, Player player) {
        List<List<List<Note>>> answers = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            List<List<Note>> ofSeed = new ArrayList<>();
            for (int call = 0; call < calls; call++) {
                ofSeed.add(player.answer(seed, call));
            }
            answers.add(ofSeed);
        }
        return new Contender(name, answers);
    }

    /** How many times each call was answered. */
    int seeds() {
        return answers.size();
    }

    List<Note> answer(int seed, int call) {
        return answers.get(seed).get(call);
    }
}
