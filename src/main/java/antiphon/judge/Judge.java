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
    private final int calls;
    private final int seeds;
    private final Consumer<String> progress;

    /**
     * Makes a judge.
     *
     * @param inTime judges whether answers keep the time of their calls
     * @param calls how many held-out calls to play, if there are as many
     * @param seeds how often each is answered
     * @param progress takes a line for people, often
     */
    public Judge(StackedLstm network, InTimeJudge inTime, int calls, int seeds, Consumer<String> progress) {
        this.network = network;
        this.inTime = inTime;
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
        Contender improviser = improviser(exchanges.chosen(), stage);
        KeyChange keyChange = KeyChange.of(
                pieces, stage, SETTINGS.restNanos(), done -> progress.accept("key change: " + done + " conversations"));
        InTimeReport time = inTime.judge(exchanges, improviser);
        progress.accept("comparing");
        List<Piece> learned =
                training.map(each -> Split.TRAIN.select(each.pieces())).orElse(List.of());
        TrainingRuns runs = new TrainingRuns(learned);
        List<List<List<Note>>> human =
                List.of(exchanges.chosen().stream().map(Exchange::answer).toList());
        Copying copying = Copying.of(exchanges, human, runs);
        List<Judgement> strawmen = List.of(
                judged(exchanges, Strawmen.parrot(exchanges.chosen()), copying, runs),
                judged(exchanges, Strawmen.stationary(exchanges.chosen(), seeds), copying, runs));
        return new Report(
                exchanges,
                gain,
                keyChange,
                judged(exchanges, improviser, copying, runs),
                strawmen,
                copying,
                time,
                training.map(each -> each.description() + ", of which " + learned.size() + " are training data")
                        .orElse(""));
    }

    /** Measures one contender and compares it with the bars, some of which depend on how much humans copy. */
    static Judgement judged(Exchanges exchanges, Contender contender, Copying human, TrainingRuns training) {
        Judgement bare = Judgement.of(exchanges, contender, training);
        return bare.heldTo(Bars.of(bare, human));
    }

    private Contender improviser(List<Exchange> exchanges, Stage stage) {
        return Contender.of("improviser", exchanges.size(), seeds, (seed, call) -> {
            List<Note> answer = stage.answer(exchanges.get(call).call(), Stage.seed(seed, call));
            progress.accept("answers: " + (call + 1) + " of " + exchanges.size() + ", seed " + seed + " of " + seeds);
            return answer;
        });
    }
}
