package antiphon.judge;

import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Split;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the whole report: calls, answers, measures, files. One thread; minutes.
 *
 * <p>The improviser plays with the settings that ship, {@link Settings#standard}, whatever the user's own settings are,
 * so that reports can be compared.
 */
public final class Judge {
    private static final Settings SETTINGS = Settings.standard(Mode.CALL);

    private final StackedLstm network;
    private final InTimeJudge inTime;
    private final List<Variant> variants;
    private final int calls;
    private final int seeds;
    private final Consumer<String> progress;

    /**
     * Makes a judge.
     *
     * @param inTime judges whether answers keep the time of their calls
     * @param variants other settings, that answer the same calls and are judged beside
     * @param calls how many held-out calls to play, if there are as many
     * @param seeds how often each is answered
     * @param progress takes a line for people, often
     */
    public Judge(
            StackedLstm network,
            InTimeJudge inTime,
            List<Variant> variants,
            int calls,
            int seeds,
            Consumer<String> progress) {
        this.network = network;
        this.inTime = inTime;
        this.variants = List.copyOf(variants);
        this.calls = calls;
        this.seeds = seeds;
        this.progress = progress;
    }

    /**
     * Judges and writes {@code report.json}, {@code index.html}, {@code answers.png} and {@code in-time.png}.
     *
     * @param corpus held-out pieces
     * @param training what the network learned from, of which the training side of the split is taken; may be missing
     * @param folder made if it is not there
     * @param model the network's file, and what was typed, for the record
     * @return a few lines for people
     * @throws JudgeException one line, if there are too few calls or the files cannot be written
     */
    public String report(Corpus corpus, Optional<Corpus> training, Path folder, Path model, String command) {
        ReportFiles files = new ReportFiles(folder);
        Provenance provenance = Provenance.of(command, model, corpus.description());
        Report report = judge(corpus.pieces(), training);
        files.write(report, provenance);
        return Summary.of(report) + folder.resolve(ReportFiles.PAGE) + ": the whole report.";
    }

    /** Judges by these pieces. */
    Report judge(List<Piece> pieces, Optional<Corpus> training) {
        Exchanges exchanges = Exchanges.of(pieces, calls, SETTINGS.restNanos());
        int count = exchanges.chosen().size();
        ResponseGain gain = ResponseGain.of(
                network, exchanges, done -> progress.accept("response gain: " + done + " of " + count + " calls"));
        Stage stage = new Stage(network, SETTINGS);
        List<WholeJudge.Player> players = players(stage);
        List<Contender> answers = players.stream()
                .map(player -> answers(player, exchanges.chosen()))
                .toList();
        Origins origins = stage.origins();
        KeyChange keyChange = KeyChange.of(
                pieces, stage, SETTINGS.restNanos(), done -> progress.accept("key change: " + done + " conversations"));
        InTimeReport time = inTime.judge(exchanges, answers.getFirst());
        WholeReport wholes = new WholeJudge(players, seeds, SETTINGS.restNanos(), progress)
                .judge(exchanges, answers, origins, time.sets().getFirst());
        progress.accept("comparing");
        List<Piece> learned =
                training.map(each -> Split.TRAIN.select(each.pieces())).orElse(List.of());
        TrainingRuns runs = new TrainingRuns(learned);
        List<List<List<Note>>> human =
                List.of(exchanges.chosen().stream().map(Exchange::answer).toList());
        Copying copying = Copying.of(exchanges, human, runs);
        List<Judgement> judged = Stream.concat(answers.stream(), strawmen(exchanges))
                .map(each -> judged(exchanges, each, copying, runs))
                .toList();
        return new Report(
                exchanges,
                gain,
                keyChange,
                judged.getFirst(),
                judged.subList(1, answers.size()),
                judged.subList(answers.size(), judged.size()),
                copying,
                time,
                wholes,
                training.map(each -> each.description() + ", of which " + learned.size() + " are training data")
                        .orElse(""));
    }

    /** The settings that ship are the first. */
    private List<WholeJudge.Player> players(Stage standard) {
        return Stream.concat(
                        Stream.of(new WholeJudge.Player("improviser", standard)),
                        variants.stream()
                                .map(variant ->
                                        new WholeJudge.Player(variant.name(), new Stage(network, variant.settings()))))
                .toList();
    }

    private Stream<Contender> strawmen(Exchanges exchanges) {
        return Stream.of(Strawmen.parrot(exchanges.chosen()), Strawmen.stationary(exchanges.chosen(), seeds));
    }

    /** Measures one contender and compares it with the bars, some of which depend on how much humans copy. */
    static Judgement judged(Exchanges exchanges, Contender contender, Copying human, TrainingRuns training) {
        Judgement bare = Judgement.of(exchanges, contender, training);
        return bare.heldTo(Bars.of(bare, human));
    }

    private Contender answers(WholeJudge.Player player, List<Exchange> exchanges) {
        int all = exchanges.size() * seeds;
        return Contender.of(
                player.name(),
                exchanges.size(),
                seeds,
                (seed, call) -> player.stage().answer(exchanges.get(call).call(), Stage.seed(seed, call)),
                done -> progress.accept("answers, " + player.name() + ": " + done + " of " + all));
    }
}
