package antiphon.judge;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges what whole answers are as music, beside people's, a Markov chain's and those with other settings: answers to
 * calls of a corpus, to beginners' calls, and to calls of one to three notes, which are the beginnings of beginners'
 * calls. The measures share no code with what plays. One thread calls it; answers are
 * played on all processors.
 */
final class WholeJudge {
    private static final int MAX_SHORT = 3;
    private static final long SHORT_NOTE_NANOS = 250_000_000L;
    private static final int MIDDLE_C = 60;
    private static final int VELOCITY = 64;

    private final List<Player> players;
    private final int seeds;
    private final long restNanos;
    private final Consumer<String> progress;

    /** Who answers: the network, with some settings. */
    record Player(String name, Stage stage) {}

    /**
     * Makes a judge.
     *
     * @param players first the network with the settings that ship, then with others
     * @param restNanos after the turn, before which the Markov chain does not play
     */
    WholeJudge(List<Player> players, int seeds, long restNanos, Consumer<String> progress) {
        this.players = players;
        this.seeds = seeds;
        this.restNanos = restNanos;
        this.progress = progress;
    }

    /**
     * Judges.
     *
     * @param answers of all players to all of these exchanges
     * @param origins where the first player's answers came from
     * @param beginners calls that the network has answered, with its answers
     */
    WholeReport judge(Exchanges exchanges, List<Contender> answers, Origins origins, InTimeSet beginners) {
        return new WholeReport(
                List.of(ofCorpus(exchanges, answers), ofBeginners(beginners), ofShort(beginners.calls())), origins);
    }

    private WholeSet ofCorpus(Exchanges exchanges, List<Contender> answers) {
        int[] clusters = exchanges.clusters();
        List<WholeCall> calls = new ArrayList<>();
        for (Exchange exchange : exchanges.chosen()) {
            calls.add(WholeCall.of(exchange, clusters[calls.size()]));
        }
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(WholeReport.NETWORK, answers.getFirst().answers()));
        contenders.addAll(answers.subList(1, answers.size()));
        contenders.add(Contender.of(InTimePlayers.HUMAN, calls.size(), 1, (seed, call) -> calls.get(call)
                .human()
                .orElse(List.of())));
        contenders.add(continuator(calls));
        return WholeSet.of("Held-out calls", "corpus", WholeMeasure.ALL, calls, contenders);
    }

    /** The network has answered them for the report on time; with the same seeds the variants do now. */
    private WholeSet ofBeginners(InTimeSet beginners) {
        List<WholeCall> calls = beginners.calls().stream().map(WholeCall::of).toList();
        List<Contender> contenders = new ArrayList<>();
        if (!beginners.rows().isEmpty()) {
            contenders.add(new Contender(
                    WholeReport.NETWORK, beginners.rows().getFirst().contender().answers()));
        }
        for (Player variant : players.subList(1, players.size())) {
            contenders.add(answers(variant, calls, "beginners' calls", (seed, call) -> seed));
        }
        contenders.add(continuator(calls));
        return WholeSet.of("Beginners' calls", "beginners", WholeMeasure.ALL, calls, contenders);
    }

    private WholeSet ofShort(List<InTimeCall> beginners) {
        List<WholeCall> calls = new ArrayList<>();
        for (InTimeCall call : beginners) {
            calls.add(WholeCall.ofFirst(call, 1 + calls.size() % MAX_SHORT));
        }
        if (!calls.isEmpty()) {
            calls.add(shortC(calls.size()));
        }
        List<Contender> contenders = new ArrayList<>();
        for (Player player : players) {
            Contender contender = answers(player, calls, "short calls", Stage::seed);
            contenders.add(contenders.isEmpty() ? new Contender(WholeReport.NETWORK, contender.answers()) : contender);
        }
        contenders.add(continuator(calls));
        return WholeSet.of("Calls of one to three notes", "short", WholeMeasure.OF_SHORT_CALLS, calls, contenders);
    }

    private static WholeCall shortC(int group) {
        Note note = new Note(Voice.HUMAN, 0, SHORT_NOTE_NANOS, MIDDLE_C, VELOCITY);
        return WholeCall.ofAlone("one short C", group, new Phrase(0, SHORT_NOTE_NANOS, 0, List.of(note)));
    }

    private Contender continuator(List<WholeCall> calls) {
        return Contender.of(
                InTimePlayers.CONTINUATOR,
                calls.size(),
                seeds,
                (seed, call) -> InTimePlayers.continued(
                        calls.get(call).phrase(),
                        restNanos,
                        Exchanges.hash(calls.get(call).name(), seed)));
    }

    /** Which random numbers answer a call. */
    @FunctionalInterface
    private interface Seed {
        long of(int seed, int call);
    }

    private Contender answers(Player player, List<WholeCall> calls, String what, Seed numbers) {
        int all = calls.size() * seeds;
        return Contender.of(
                player.name,
                calls.size(),
                seeds,
                (seed, call) -> player.stage.answer(calls.get(call).phrase(), numbers.of(seed, call)),
                done -> progress.accept(what + ", " + player.name + ": " + done + " of " + all));
    }
}
