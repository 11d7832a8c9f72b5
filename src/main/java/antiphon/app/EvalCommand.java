package antiphon.app;

import antiphon.config.Config;
import antiphon.corpus.BeatSet;
import antiphon.corpus.Corpus;
import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.judge.beat.BeatReport;
import antiphon.judge.beat.PhraseReport;
import antiphon.model.ModelFile;
import antiphon.model.StackedLstm;
import antiphon.reference.ReferenceModels;
import antiphon.train.Adaptation;
import antiphon.train.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code antiphon eval}: how well a network predicts music. */
@Command(
        name = "eval",
        description = "Measure in bits per note how well a network predicts the music in a folder; lower is better.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Runnable {
    /** Of each set with known beats. */
    private static final int BEAT_PIECES = 60;

    @Parameters(arity = "0..*", paramLabel = "CORPUS", description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources = List.of();

    @Option(
            names = "--beats",
            paramLabel = "FOLDER",
            description = "Judge the beat tracker instead, by the data sets with known beats in FOLDER: pop909,"
                    + " pop909_annotations, jazz_csv and openewld, packed or not. Takes about a minute.")
    private @Nullable Path beats;

    @Option(
            names = "--turns",
            paramLabel = "FOLDER",
            description =
                    "Judge instead whether answers come when a phrase is over, and not sooner or later, by jazz solos"
                            + " whose phrases are marked (jazz_csv in FOLDER, packed or not). --split, --calls (performances) and"
                            + " --variant go with it. Takes some seconds a performance.")
    private @Nullable Path turns;

    @Option(
            names = "--in-time",
            description = "Judge instead whether answers keep the time of beginners' calls, which ship with Antiphon;"
                    + " --report writes that as a page, JSON and a picture. Takes less than a minute.")
    private boolean inTime;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--split",
            paramLabel = "all|train|valid|test",
            description = "Judge by this part of the music. Default: all.")
    private JudgedPart part = JudgedPart.ALL;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(
            names = "--memory",
            description = "Judge once more with the memory of motifs that the network plays with (play.memory).")
    private boolean memory;

    @Option(
            names = "--adapt",
            description =
                    "Say also what it gains to remember a session (play.memory = kept): pieces of one performer, or"
                            + " of one folder, in their order.")
    private boolean adapt;

    @Mixin
    private ModelOptions options;

    @Mixin
    private ReferenceOptions references;

    @Mixin
    private ReportOptions report;

    @Mixin
    private HarmonyOptions harmony;

    @Override
    public void run() {
        requireOneJudge();
        harmony.check();
        if (beats != null) {
            requireNoCorpus("--beats");
            judgeBeats(beats);
            return;
        }
        if (turns != null) {
            requireNoCorpus("--turns");
            judgeTurns(turns);
            return;
        }
        if (inTime) {
            requireNoCorpus("--in-time");
            judgeTime();
            return;
        }
        Path songs = harmony.folder();
        if (songs != null) {
            requireNoCorpus("--harmony");
            Config.Model chosen = options.load().model();
            Path model = chosen.path(Installation.home());
            harmony.judge(songs, part, Performer.loadModel(model, chosen.precision()), json, new Progress());
            return;
        }
        if (sources.isEmpty()) {
            throw new ParameterException(command.commandLine(), "Missing required parameter: 'CORPUS...'");
        }
        report.check();
        judgeNetwork();
    }

    private void requireOneJudge() {
        List<String> chosen = new ArrayList<>();
        if (beats != null) {
            chosen.add("--beats");
        }
        if (inTime) {
            chosen.add("--in-time");
        }
        if (turns != null) {
            chosen.add("--turns");
        }
        if (harmony.folder() != null) {
            chosen.add("--harmony");
        }
        if (chosen.size() > 1) {
            throw new ParameterException(
                    command.commandLine(), String.join(" and ", chosen) + ": one of them allowed.");
        }
    }

    private void requireNoCorpus(String option) {
        if (!sources.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), option + " and " + sources.getFirst() + ": one of them allowed.");
        }
    }

    private void judgeBeats(Path folder) {
        Progress progress = new Progress();
        List<BeatSet> sets = BeatSet.load(folder, BEAT_PIECES);
        BeatReport found = BeatReport.of(sets, progress::show);
        progress.show("short phrases");
        PhraseReport phrases = PhraseReport.of(sets);
        progress.end();
        if (json) {
            List<Map<String, Object>> maps = new ArrayList<>(found.toMaps());
            maps.addAll(phrases.toMaps());
            System.out.println(EvalScores.json(maps));
        } else {
            found.table().forEach(System.out::println);
            System.out.println();
            phrases.table().forEach(System.out::println);
        }
    }

    private void judgeTurns(Path folder) {
        Config config = options.load();
        Path model = config.model().path(Installation.home());
        StackedLstm network = Performer.loadModel(model, config.model().precision());
        report.judgeTurns(folder, part.sides(), network, config.settings(), json, new Progress());
    }

    private void judgeTime() {
        Config.Model chosen = options.load().model();
        Path model = chosen.path(Installation.home());
        StackedLstm network = Performer.loadModel(model, chosen.precision());
        report.judgeTime(network, model, chosen.precision(), json, new Progress());
    }

    private void judgeNetwork() {
        Config.Model chosen = options.load().model();
        Path model = chosen.path(Installation.home());
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        List<Piece> pieces = part.select(corpus);
        StackedLstm network = Performer.loadModel(model, chosen.precision());
        if ((memory || adapt) && network.cacheWeights().isEmpty()) {
            throw new UserException(model + ": no memory of motifs was tuned for it; "
                    + (memory ? "--memory" : "--adapt") + " needs one. Run: antiphon model tune");
        }
        report.report(network, model, chosen.precision(), part.of(corpus), progress);
        Optional<ReferenceModels> models = references.load(progress);
        Optional<Score> remembering = memory ? Optional.of(Evaluation.of(network, pieces, true)) : Optional.empty();
        Optional<Adaptation> adaptation = adapt ? Optional.of(Adaptation.of(network, pieces)) : Optional.empty();
        EvalScores scores = EvalScores.of(Evaluation.of(network, pieces), remembering, adaptation, models, pieces);
        Familiar familiar = Familiar.of(ModelFile.read(model), corpus, pieces);
        // On stderr, so that a program that reads the JSON gets nothing else.
        familiar.warning().map(Shown::line).ifPresent(System.err::println);
        if (json) {
            System.out.println(scores.json());
            return;
        }
        System.out.println(Shown.line(corpus.description()));
        System.out.println(model + " in " + chosen.precision());
        scores.table().forEach(System.out::println);
    }
}
