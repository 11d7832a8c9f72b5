package antiphon.judge;

import antiphon.music.Note;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Whether answers copy or collapse. Music is compared as sequences of intervals, chords from below, so a copy in
 * another key or rhythm is a copy too. Immutable.
 *
 * @param ofCall share of an answer's notes that lie in runs of {@value #RUN} intervals or more which the call has too
 * @param repeated share of an answer's runs of {@value #RUN} intervals that it had already played
 * @param silent share of answers of one note or none
 * @param longest longest run of an answer, in notes, that the training data has too: mean; unknown without such data
 * @param longestOfAll the longest of all answers
 */
record Copying(Interval ofCall, Interval repeated, Interval silent, Interval longest, double longestOfAll) {
    static final int RUN = 4;

    /** Judges answers of some seeds to the chosen calls. */
    static Copying of(Exchanges exchanges, List<List<List<Note>>> answers, TrainingRuns training) {
        int[] clusters = exchanges.clusters();
        List<Exchange> chosen = exchanges.chosen();
        double[] ofCall = byCall(
                chosen, answers, (call, answer) -> ofCall(steps(call.call().notes()), steps(answer)));
        double[] repeated = byCall(chosen, answers, (call, answer) -> repeated(steps(answer)));
        double[] silent = byCall(chosen, answers, (call, answer) -> answer.size() <= 1 ? 1 : 0);
        Interval longest = Interval.unknown();
        double longestOfAll = Double.NaN;
        if (!training.isEmpty()) {
            double[] max = {0};
            double[] runs = byCall(chosen, answers, (call, answer) -> {
                double run = training.longest(steps(answer));
                max[0] = Math.max(max[0], run);
                return run;
            });
            longest = Statistics.meanWithInterval(runs, clusters);
            longestOfAll = max[0];
        }
        return new Copying(
                Statistics.meanWithInterval(ofCall, clusters),
                Statistics.meanWithInterval(repeated, clusters),
                Statistics.meanWithInterval(silent, clusters),
                longest,
                longestOfAll);
    }

    /** The mean over the seeds for each call. */
    private static double[] byCall(
            List<Exchange> chosen, List<List<List<Note>>> answers, ToDoubleBiFunction<Exchange, List<Note>> measure) {
        return IntStream.range(0, chosen.size())
                .mapToDouble(call -> answers.stream()
                        .mapToDouble(ofSeed -> measure.applyAsDouble(chosen.get(call), ofSeed.get(call)))
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    static int[] steps(List<Note> notes) {
        return Onsets.of(notes).steps();
    }

    /** The share of notes covered by runs that the call has too; 0 for an answer shorter than a run. */
    static double ofCall(int[] call, int[] answer) {
        Set<List<Integer>> known = new HashSet<>(runs(call));
        boolean[] covered = new boolean[answer.length + 1];
        List<List<Integer>> own = runs(answer);
        for (int from = 0; from < own.size(); from++) {
            if (known.contains(own.get(from))) {
                Arrays.fill(covered, from, from + RUN + 1, true);
            }
        }
        int count = 0;
        for (boolean each : covered) {
            count += each ? 1 : 0;
        }
        return own.isEmpty() ? 0 : (double) count / covered.length;
    }

    /** The share of runs that are not new; 0 for an answer shorter than a run. */
    static double repeated(int[] answer) {
        List<List<Integer>> runs = runs(answer);
        return runs.isEmpty() ? 0 : 1 - (double) new HashSet<>(runs).size() / runs.size();
    }

    private static List<List<Integer>> runs(int[] steps) {
        return IntStream.rangeClosed(0, steps.length - RUN)
                .mapToObj(from -> Arrays.stream(steps, from, from + RUN).boxed().toList())
                .toList();
    }
}
