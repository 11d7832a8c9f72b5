package antiphon.judge;

import antiphon.corpus.InOrder;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What answers calls: the improviser or a strawman. Immutable.
 *
 * @param name for people
 * @param answers of each seed, to each chosen call in turn; an answer's times are from the turn
 */
record Contender(String name, List<List<List<Note>>> answers) {
    /** Answers one call; called by several threads at the same time. */
    @FunctionalInterface
    interface Player {
        /**
         * Its answer, which depends on nothing but these two.
         *
         * @param seed from 1
         * @param call its number, from 0
         */
        List<Note> answer(int seed, int call);
    }

    /** All answers of a player who is quick. */
    static Contender of(String name, int calls, int seeds, Player player) {
        return of(name, calls, seeds, player, done -> {});
    }

    /**
     * All answers of a player: to each of so many calls, with each of so many seeds. As many threads answer as there are
     * processors.
     *
     * @param progress told how many answers there are, on the caller's thread
     */
    static Contender of(String name, int calls, int seeds, Player player, IntConsumer progress) {
        List<List<Note>> all =
                InOrder.all(calls * seeds, number -> player.answer(1 + number / calls, number % calls), progress);
        List<List<List<Note>>> answers = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            answers.add(List.copyOf(all.subList(seed * calls, (seed + 1) * calls)));
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
