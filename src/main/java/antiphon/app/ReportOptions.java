package antiphon.app;

import antiphon.corpus.Corpus;
import antiphon.judge.Judge;
import antiphon.model.StackedLstm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code antiphon eval} needs to judge the improviser, and that judgement. */
final class ReportOptions {
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

    /** Writes the report if it was asked for. */
    void report(StackedLstm network, Path model, Corpus corpus, Progress progress) {
        if (folder == null) {
            return;
        }
        requireWithin("--calls", calls, 20, MAX_CALLS);
        requireWithin("--seeds", seeds, 1, MAX_SEEDS);
        Optional<Corpus> learned = Optional.ofNullable(training).map(paths -> Corpus.load(paths, progress::note));
        Judge judge = new Judge(network, calls, seeds, progress::show);
        String typed = "antiphon " + String.join(" ", originalArguments());
        String summary = judge.report(corpus, learned, folder, model, typed);
        progress.end();
        System.err.println(summary);
    }

    private List<String> originalArguments() {
        CommandLine root = command.root().commandLine();
        return root.getParseResult().originalArgs();
    }

    private void requireWithin(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    command.commandLine(), option + " " + value + ": allowed: " + min + " to " + max + ".");
        }
    }
}
