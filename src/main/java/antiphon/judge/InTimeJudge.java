package antiphon.judge;

import antiphon.corpus.SteadyCall;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges whether the improviser answers steady calls in their time: beginners' calls, of which tempo and beat are known,
 * and calls of a corpus in which a steady pulse is found. The measures share no code with what it plays by. One thread
 * calls it; answers are played on all processors.
 */
public final class InTimeJudge {
    private static final Settings SETTINGS = Settings.standard(Mode.CALL);

    /** What the network knows of time by itself, without the help of the grid. */
    private static final Settings FREE = SETTINGS.withBeat(Settings.Beat.STANDARD.withGrid(0));

    private static final String IMPROVISER = "improviser";
    private static final String WITHOUT_GRID = ", grid 0";

    private final List<SteadyCall> beginners;
    private final StackedLstm network;
    private final List<Rival> rivals;
    private final int seeds;
    private final Consumer<String> progress;

    /**
     * Another network, judged beside the first.
     *
     * @param name for people
     */
    public record Rival(String name, StackedLstm network) {}

    /**
     * Makes a judge.
     *
     * @param beginners calls to judge by
     * @param rivals further networks, that play in the same engine
     * @param seeds how often each call is answered
     * @param progress takes a line for people, often
     */
    public InTimeJudge(
            List<SteadyCall> beginners, StackedLstm network, List<Rival> rivals, int seeds, Consumer<String> progress) {
        this.beginners = List.copyOf(beginners);
        this.network = network;
        this.rivals = List.copyOf(rivals);
        this.seeds = seeds;
        this.progress = progress;
    }

    /** Judges by the beginners' calls only. */
    public InTimeReport judge() {
        return new InTimeReport(List.of(ofBeginners()));
    }

    /**
     * Judges by the beginners' calls and by those of a corpus.
     *
     * @param improviser who has answered all of these exchanges
     */
    InTimeReport judge(Exchanges exchanges, Contender improviser) {
        return new InTimeReport(List.of(ofBeginners(), ofCorpus(exchanges, improviser)));
    }

    private InTimeSet ofBeginners() {
        List<InTimeCall> calls = new ArrayList<>();
        for (SteadyCall call : beginners) {
            calls.add(InTimeCall.of(call, calls.size()));
        }
        return set("Beginners' calls", "beginners", calls, answers(IMPROVISER, network, SETTINGS, calls));
    }

    private InTimeSet ofCorpus(Exchanges exchanges, Contender improviser) {
        int[] clusters = exchanges.clusters();
        List<InTimeCall> calls = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < clusters.length; i++) {
            Optional<InTimeCall> call = InTimeCall.of(exchanges.chosen().get(i), clusters[i]);
            if (call.isPresent()) {
                calls.add(call.get());
                places.add(i);
            }
        }
        List<List<List<Note>>> answers = improviser.answers().stream()
                .map(ofSeed -> places.stream().map(ofSeed::get).toList())
                .toList();
        return set("Held-out calls", "corpus", calls, new Contender(IMPROVISER, answers));
    }

    private InTimeSet set(String title, String key, List<InTimeCall> calls, Contender improviser) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(improviser);
        contenders.add(answers(IMPROVISER + WITHOUT_GRID, network, FREE, calls));
        for (Rival rival : rivals) {
            contenders.add(answers(rival.name, rival.network, SETTINGS, calls));
            contenders.add(answers(rival.name + WITHOUT_GRID, rival.network, FREE, calls));
        }
        contenders.addAll(InTimePlayers.of(calls, seeds, SETTINGS.restNanos()));
        return InTimeSet.of(title, key, calls, contenders);
    }

    /** One seed is the same for all calls, so that it shows what the random numbers do and what the call does. */
    private Contender answers(String name, StackedLstm player, Settings settings, List<InTimeCall> calls) {
        Stage stage = new Stage(player, settings);
        int all = calls.size() * seeds;
        return Contender.of(
                name,
                calls.size(),
                seeds,
                (seed, call) -> stage.answer(calls.get(call).phrase(), seed),
                done -> progress.accept("in time, " + name + ": " + done + " of " + all));
    }
}
