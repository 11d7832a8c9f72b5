package antiphon.app;

import antiphon.Amount;
import antiphon.config.ConfigReader;
import antiphon.corpus.Corpus;
import antiphon.corpus.Split;
import antiphon.file.AtomicFile;
import antiphon.improv.Settings;
import antiphon.judge.ChosenAnswers;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code antiphon model choose}: answers chosen from many, to train a network on. */
@Command(
        name = "choose",
        description =
                "Answer calls of a corpus's training side with the best of many answers, and write calls and answers"
                        + " as a CSV of notes, for antiphon train --from.",
        mixinStandardHelpOptions = true)
final class ChooseCommand implements Runnable {
    private static final String CANDIDATES = "plan.candidates";
    private static final int MAX_CALLS = 1_000_000;
    private static final int MAX_WORKERS = 256;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "FILE", description = "A .safetensors file.")
    private Path path;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "MIDI files, folders of them, or CSVs of notes.")
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "notes.csv",
            required = true,
            description = "The file to write.")
    private Path output;

    @Option(names = "--calls", paramLabel = "N", description = "Calls at most. Default: 1000.")
    private int calls = 1000;

    @Option(names = "--candidates", paramLabel = "N", description = "Answers tried for each call. Default: 64.")
    private int candidates = 64;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that answer. Default: as many as there are processors.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Mixin
    private ForceOption force;

    @Override
    public void run() {
        OptionBounds.require(command, "--calls", calls, 1, MAX_CALLS);
        OptionBounds.require(command, "--workers", workers, 1, MAX_WORKERS);
        force.requireNew(output, "");
        Settings settings = ConfigReader.read(Optional.empty(), Map.of(), Map.of(CANDIDATES, "" + candidates))
                .config()
                .settings();
        StackedLstm network = Performer.loadModel(path, Precision.F16);
        Progress progress = new Progress();
        Corpus corpus = Corpus.load(sources, progress::note);
        try {
            AtomicFile.write(output, draft -> {
                try (Writer out = Files.newBufferedWriter(draft)) {
                    int written = ChosenAnswers.write(
                            network,
                            settings,
                            Split.TRAIN.select(corpus.pieces()),
                            calls,
                            out,
                            workers,
                            done -> progress.show(done + " of " + calls + " calls answered"));
                    progress.end();
                    System.out.println(Shown.line(output) + ": " + Amount.of(written, "call") + " answered.");
                }
            });
        } catch (IOException failure) {
            throw new UserException(AtomicFile.why(output, failure));
        }
    }
}
