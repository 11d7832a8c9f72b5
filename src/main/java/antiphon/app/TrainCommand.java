package antiphon.app;

import antiphon.Amount;
import antiphon.corpus.Corpus;
import antiphon.corpus.Division;
import antiphon.file.Claim;
import antiphon.train.NetworkShape;
import antiphon.train.TrainListener;
import antiphon.train.TrainOptions;
import antiphon.train.Trainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code antiphon train}: a network from folders of MIDI files. */
@Command(
        name = "train",
        description = "Train a network on MIDI files, folders of them, or CSVs of notes made by import.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Runnable {
    private static final int MAX_EPOCHS = 1_000_000;
    private static final int MAX_MINUTES = 1_000_000;
    private static final int MAX_STOP_SECONDS = 60;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "MIDI files, folders and archives of them, or CSVs of notes.")
    private List<Path> sources;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            required = true,
            description = "The .safetensors to write; the checkpoint and the learning curve lie beside it.")
    private Path output;

    @Option(
            names = "--from",
            paramLabel = "MODEL",
            description = "Begin with this model and adapt it to the music given: for one musician's own files.")
    private @Nullable Path from;

    @Option(names = "--hidden", paramLabel = "N", description = "Units in each LSTM layer. Default: 256.")
    private @Nullable Integer hidden;

    @Option(names = "--layers", paramLabel = "N", description = "LSTM layers. Default: 2.")
    private @Nullable Integer layers;

    @Option(names = "--embedding", paramLabel = "N", description = "Width of the embeddings. Default: 128.")
    private @Nullable Integer embedding;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the corpus. Default: 40; 10 with --from.")
    private @Nullable Integer epochs;

    @Option(names = "--minutes", paramLabel = "N", description = "Train this long instead of a number of epochs.")
    private @Nullable Double minutes;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Pieces learned side by side. Default: 32; 16 with --from.")
    private @Nullable Integer batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "The highest learning rate. Default: 0.003; 0.0005 with --from.")
    private @Nullable Double learningRate;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Share of units left out while learning. Default: 0.1.")
    private @Nullable Double dropout;

    @Option(
            names = "--corruption",
            paramLabel = "P",
            description = "Share of the fields heard that are replaced by wrong ones while learning. Default: 0.05.")
    private @Nullable Double corruption;

    @Option(
            names = "--ema",
            paramLabel = "D",
            description = "Write the weights' moving average, keeping this share of it at each update. Default: 0.")
    private @Nullable Double average;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that learn, each with its part of the batch. Default: 2.")
    private @Nullable Integer workers;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same corpus: same network. Default: 1.")
    private @Nullable Long seed;

    @Option(names = "--resume", description = "Go on from the checkpoint beside MODEL.")
    private boolean resume;

    @Option(
            names = "--json",
            description = "Say how it goes as JSON, an object on each line: which files are kept, each pass, the gain.")
    private boolean json;

    @Option(
            names = "--check",
            description =
                    "Only read the music and divide it: what would be kept, and is it enough? Nothing is written.")
    private boolean check;

    @Option(
            names = "--until-input-ends",
            description = "End when the standard input ends: a program that starts this one takes it along.")
    private boolean untilInputEnds;

    @Mixin
    private ForceOption force;

    @Override
    public void run() {
        // Before anything is read, which can take long.
        requireLength();
        TrainOptions options = options();
        if (untilInputEnds) {
            endWithInput();
        }
        if (check) {
            check(options);
            return;
        }
        requireNew(options);
        try {
            // Two would each write over the other's checkpoint and model.
            Claim.during(options.checkpoint(), () -> train(options));
        } catch (Claim.TakenException taken) {
            throw new UserException(String.valueOf(taken.getMessage()));
        }
    }

    private void train(TrainOptions options) {
        Progress progress = new Progress();
        TrainLines lines = new TrainLines();
        Corpus corpus = load(progress, lines);
        TrainListener listener = json ? lines : new TrainPrinter(progress);
        Trainer trainer = new Trainer(options, corpus, listener, System::nanoTime);
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> interrupted(trainer, options, done), "antiphon-train-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            trainer.run();
        } finally {
            done.countDown();
        }
        if (!isEnding(hook)) {
            progress.end();
            if (json) {
                return;
            }
            System.out.println(Shown.line(output + ": written. Learning curve: " + options.learningCurve()));
            System.out.println(Shown.line("Play with it: antiphon run --model " + output + ", or hear it: antiphon"
                    + " generate --model " + output + " -o new.wav"));
        }
    }

    private Corpus load(Progress progress, TrainLines lines) {
        Corpus corpus = Corpus.load(sources, progress::note, json ? lines : Corpus.Listener.NONE);
        if (!json) {
            System.out.println(Shown.line(corpus.description()));
        }
        return corpus;
    }

    private void check(TrainOptions options) {
        TrainLines lines = new TrainLines();
        Corpus corpus = load(new Progress(), lines);
        Division pieces = options.from() == null ? Division.bySplit(corpus.pieces()) : Division.ofFew(corpus.pieces());
        if (json) {
            lines.checked(corpus, pieces);
        } else {
            System.out.println("Enough: " + Amount.of(pieces.train().size(), "piece") + " to learn from, "
                    + pieces.test().size() + " to judge by (" + pieces.rule() + ").");
        }
    }

    /** The input is a pipe from who started us, which the system closes however that program ends. */
    private static void endWithInput() {
        Thread.ofPlatform().daemon().name("antiphon-train-input").start(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // That is an end too.
            }
            System.exit(CommandLine.ExitCode.SOFTWARE);
        });
    }

    /** Told to stop, the program waits for the update that is being made, which ends with a checkpoint. */
    private void interrupted(Trainer trainer, TrainOptions options, CountDownLatch done) {
        trainer.stopSoon();
        boolean stopped = false;
        try {
            stopped = done.await(MAX_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException unlikely) {
            Thread.currentThread().interrupt();
        }
        String again = commandLine();
        System.err.println(Shown.line((stopped ? "train: stopped. " : "train: stopped in the middle of a pass. ")
                + (Files.exists(options.checkpoint())
                        ? "Go on with: " + again + (resume ? "" : " --resume")
                        : "Nothing was learned yet. Begin again with: " + again)));
        System.err.flush();
    }

    /** False, and the hook taken off, unless the program has been told to stop. */
    private static boolean isEnding(Thread hook) {
        try {
            return !Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private void requireLength() {
        if (epochs != null && !(epochs >= 1 && epochs <= MAX_EPOCHS)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--epochs: found " + epochs + "; allowed: 1 to " + MAX_EPOCHS + ".");
        }
        if (minutes != null && !(minutes > 0 && minutes <= MAX_MINUTES)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--minutes: found " + minutes + "; allowed: above 0, at most " + MAX_MINUTES + ".");
        }
    }

    private void requireNew(TrainOptions options) {
        if (!resume) {
            for (Path made : List.of(output, options.checkpoint(), options.learningCurve())) {
                force.requireNew(made, "go on with --resume, ");
            }
        }
    }

    private TrainOptions options() {
        TrainOptions options = from == null ? TrainOptions.defaults(output) : TrainOptions.fineTuning(output, from);
        options = options.withResume(resume).withCommand(commandLine());
        options = resume ? options.withShapeOfCheckpoint() : options;
        NetworkShape shape = options.shape();
        options = options.withShape(new NetworkShape(
                embedding == null ? shape.embedding() : embedding,
                hidden == null ? shape.hidden() : hidden,
                layers == null ? shape.layers() : layers,
                shape.places()));
        options = epochs == null ? options : options.withEpochs(epochs);
        if (minutes != null) {
            // With --minutes, time is the limit, unless --epochs is given as well.
            options = options.withMinutes(minutes).withEpochs(epochs == null ? MAX_EPOCHS : epochs);
        }
        options = batch == null ? options : options.withBatch(batch, options.window());
        options = learningRate == null ? options : options.withLearningRate(learningRate);
        options = dropout == null ? options : options.withDropout(dropout);
        options = corruption == null ? options : options.withCorruption(corruption);
        options = average == null ? options : options.withAverage(average);
        options = workers == null ? options : options.withWorkers(workers);
        return seed == null ? options : options.withSeed(seed);
    }

    private String commandLine() {
        return "antiphon "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
