package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.Corpus;
import antiphon.corpus.PhrasedPiece;
import antiphon.corpus.PhrasedSolos;
import antiphon.corpus.Split;
import antiphon.corpus.SteadyCall;
import antiphon.corpus.SteadyCalls;
import antiphon.improv.Settings;
import antiphon.judge.InTimeFiles;
import antiphon.judge.InTimeJudge;
import antiphon.judge.InTimeReport;
import antiphon.judge.Judge;
import antiphon.judge.TurnReport;
import antiphon.judge.Variant;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code antiphon eval} needs to judge the improviser, and that judgement. */
final class ReportOptions {
    /** Below the installation's folder. */
    private static final Path BEGINNERS = Path.of("src", "corpus", "calls", "calls.txt");

    private static final int MAX_CALLS = 10_000;
    private static final int MAX_SEEDS = 100;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Play held-out calls to the improviser, judge its answers, and write a page, JSON and a picture"
                            + " there. Takes minutes.")
    private @Nullable Path folder;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "Calls for the report, at least 20. Default: ${DEFAULT-VALUE}.",
            defaultValue = "100")
    private int calls;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How often each call is answered. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int seeds;

    @Option(
            names = "--training",
            paramLabel = "CORPUS",
            description = "What the network learned from: the report looks for copies of it.")
    private @Nullable List<Path> training;

    @Option(
            names = "--beside",
            paramLabel = "FILE",
            description = "Another network (.safetensors), whose time is judged beside.")
    private @Nullable Path beside;

    @Option(
            names = "--variant",
            paramLabel = "NAME:SETTING=VALUE,...",
            description = "Other settings, with which the same calls are answered as well for the report; can be given"
                    + " several times. For example \"free:play.grid=0\".")
    private List<String> variants = List.of();

    /** Judges by the beginners' calls alone whether answers keep time, prints that, and writes it if asked to. */
    void judgeTime(StackedLstm network, Path model, Precision precision, boolean json, Progress progress) {
        OptionBounds.require(command, "--seeds", seeds, 1, MAX_SEEDS);
        requireNoVariant();
        InTimeReport found = inTime(network, precision, progress).judge();
        progress.end();
        InTimeFiles files = new InTimeFiles(found, model, typed(), BEGINNERS.toString());
        if (json) {
            System.out.print(files.json());
        } else {
            System.out.println(model + " in " + precision + ", default settings, " + Amount.of(seeds, "seed"));
            found.table().forEach(System.out::println);
        }
        if (folder != null) {
            files.write(folder);
        }
    }

    /** Judges by performances with marked phrases when answers come, and prints that. */
    void judgeTurns(
            Path data, Set<Split> sides, StackedLstm network, Settings settings, boolean json, Progress progress) {
        OptionBounds.require(command, "--calls", calls, 1, MAX_CALLS);
        List<Variant> others = Variants.of(command.commandLine(), variants);
        List<PhrasedPiece> pieces = PhrasedSolos.load(data, sides, calls);
        if (pieces.isEmpty()) {
            throw new UserException(data + ": no solo with marked phrases on that side. Leave out --split.");
        }
        TurnReport found = TurnReport.of(pieces, network, settings, others, progress::show);
        progress.end();
        if (json) {
            System.out.println(EvalScores.json(found.toMap()));
        } else {
            found.table().forEach(System.out::println);
        }
    }

    private InTimeJudge inTime(StackedLstm network, Precision precision, Progress progress) {
        List<SteadyCall> calls = SteadyCalls.read(Installation.home().resolve(BEGINNERS));
        List<InTimeJudge.Rival> rivals = beside == null
                ? List.of()
                : List.of(new InTimeJudge.Rival(
                        String.valueOf(beside.getFileName()), Performer.loadModel(beside, precision)));
        return new InTimeJudge(calls, network, rivals, seeds, progress::show);
    }

    /**
     * Refuses what is wrong in these options before anything is read; not for the beginners' calls alone.
     *
     * @throws ParameterException one line
     */
    void check() {
        if (folder == null) {
            if (beside != null) {
                throw new ParameterException(
                        command.commandLine(), "--beside " + beside + ": only with --report or --in-time.");
            }
            requireNoVariant();
            return;
        }
        OptionBounds.require(command, "--calls", calls, 20, MAX_CALLS);
        OptionBounds.require(command, "--seeds", seeds, 1, MAX_SEEDS);
        Variants.of(command.commandLine(), variants);
    }

    /** Writes the report if it was asked for; after {@link #check}. */
    void report(StackedLstm network, Path model, Precision precision, Corpus corpus, Progress progress) {
        if (folder == null) {
            return;
        }
        Optional<Corpus> learned = Optional.ofNullable(training).map(paths -> Corpus.load(paths, progress::note));
        InTimeJudge inTime = inTime(network, precision, progress);
        List<Variant> others = Variants.of(command.commandLine(), variants);
        Judge judge = new Judge(network, inTime, others, calls, seeds, progress::show);
        String summary = judge.report(corpus, learned, folder, model, typed());
        progress.end();
        System.err.println(summary);
    }

    private void requireNoVariant() {
        if (!variants.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--variant " + variants.getFirst() + ": only with a corpus and --report.");
        }
    }

    private String typed() {
        CommandLine root = command.root().commandLine();
        return "antiphon " + String.join(" ", root.getParseResult().originalArgs());
    }
}
