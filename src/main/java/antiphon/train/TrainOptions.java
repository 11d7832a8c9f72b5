package antiphon.train;

import antiphon.model.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a training run is told. Checked when it is made: a value that cannot be used is a {@link TrainException}.
 *
 * @param output the model file; written whenever the network has become better, so that it can be used early
 * @param shape size of the network
 * @param epochs passes over the corpus at most, 1 or more
 * @param minutes training time at most, of all sessions together; 0 for no limit. The learning rate falls to its end
 *     by whichever of the two limits comes first
 * @param lanes dialogues side by side (the batch)
 * @param window events between two updates; gradients do not reach further back
 * @param dropout share of each LSTM layer's inputs dropped, 0 or more, below 1
 * @param corruption share of the fields heard that are replaced by others while learning
 * @param learningRate the highest, after the warm-up
 * @param average share of the weights' moving average kept at each update; 0 to write the weights themselves
 * @param seed decides weights, order and dialogues
 * @param workers threads that learn, each with its part of the lanes; another number rounds otherwise
 * @param checkpointMinutes time between two checkpoints within an epoch
 * @param from a model file to begin with, for one musician's own music; null to begin with nothing
 * @param resume go on from the checkpoint beside the output
 * @param command what the user typed, for the model's metadata
 */
public record TrainOptions(
        Path output,
        NetworkShape shape,
        int epochs,
        double minutes,
        int lanes,
        int window,
        double dropout,
        double corruption,
        double learningRate,
        double average,
        long seed,
        int workers,
        double checkpointMinutes,
        @Nullable Path from,
        boolean resume,
        String command) {

    public TrainOptions {
        within("--hidden", shape.hidden(), 1, 4096);
        within("--layers", shape.layers(), 1, 8);
        within("--embedding", shape.embedding(), 1, 4096);
        within("--epochs", epochs, 1, 1_000_000);
        within("--minutes", minutes, 0, 1e6);
        within("--batch", lanes, 1, 4096);
        within("--window", window, 2, 4096);
        within("--dropout", dropout, 0, 0.9);
        within("--corruption", corruption, 0, 0.9);
        within("--ema", average, 0, 0.999999);
        within("--workers", workers, 1, 64);
        within("--learning-rate", learningRate, 1e-8, 1);
        within("--checkpoint-minutes", checkpointMinutes, 0, 1e6);
    }

    /** Settings that suit a corpus of some hours on two cores. */
    public static TrainOptions defaults(Path output) {
        return new TrainOptions(
                output,
                new NetworkShape(128, 256, 2),
                40,
                0,
                32,
                64,
                0.1,
                0.05,
                3e-3,
                0,
                1,
                2,
                5,
                null,
                false,
                "antiphon train");
    }

    /**
     * Settings to adapt a model to a handful of one musician's files, in minutes.
     *
     * @throws antiphon.model.ModelException one line, if there is no such model
     * @throws TrainException one line, if it does not say its size, or would be written over
     */
    public static TrainOptions fineTuning(Path output, Path from) {
        if (output.toAbsolutePath().normalize().equals(from.toAbsolutePath().normalize())) {
            throw new TrainException(
                    "--from: " + from + " is what -o would write; another file needed. Give -o a new name.");
        }
        NetworkShape shape = NetworkShape.of(ModelFile.read(from));
        return defaults(output).with(draft -> {
            draft.shape = shape;
            draft.epochs = 10;
            draft.lanes = 16;
            draft.learningRate = 5e-4;
            draft.from = from;
        });
    }

    public TrainOptions withShape(NetworkShape value) {
        return with(draft -> draft.shape = value);
    }

    public TrainOptions withEpochs(int value) {
        return with(draft -> draft.epochs = value);
    }

    public TrainOptions withMinutes(double value) {
        return with(draft -> draft.minutes = value);
    }

    public TrainOptions withDropout(double value) {
        return with(draft -> draft.dropout = value);
    }

    public TrainOptions withLearningRate(double value) {
        return with(draft -> draft.learningRate = value);
    }

    public TrainOptions withCorruption(double value) {
        return with(draft -> draft.corruption = value);
    }

    public TrainOptions withAverage(double value) {
        return with(draft -> draft.average = value);
    }

    public TrainOptions withWorkers(int value) {
        return with(draft -> draft.workers = value);
    }

    public TrainOptions withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    public TrainOptions withCheckpointMinutes(double value) {
        return with(draft -> draft.checkpointMinutes = value);
    }

    public TrainOptions withResume(boolean value) {
        return with(draft -> draft.resume = value);
    }

    public TrainOptions withCommand(String value) {
        return with(draft -> draft.command = value);
    }

    /** The size of the network whose training was interrupted, if there is one: it need not be said again. */
    public TrainOptions withShapeOfCheckpoint() {
        return Files.isRegularFile(checkpoint()) ? withShape(NetworkShape.of(ModelFile.read(checkpoint()))) : this;
    }

    public TrainOptions withBatch(int lanes, int window) {
        return with(draft -> {
            draft.lanes = lanes;
            draft.window = window;
        });
    }

    private TrainOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** Where the training goes on after an interruption: beside the output. */
    public Path checkpoint() {
        return beside(".checkpoint.safetensors");
    }

    /** The picture of how the network learned: beside the output. */
    public Path learningCurve() {
        return beside(".png");
    }

    private Path beside(String ending) {
        String name = String.valueOf(output.getFileName());
        String stem = name.endsWith(".safetensors") ? name.substring(0, name.length() - 12) : name;
        return output.resolveSibling(stem + ending);
    }

    private static void within(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new TrainException(
                    name + ": found " + plain(value) + "; allowed: " + plain(lowest) + " to " + plain(highest) + ".");
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** The options while one of them is being changed. */
    private static final class Draft {
        private Path output;
        private NetworkShape shape;
        private int epochs;
        private double minutes;
        private int lanes;
        private int window;
        private double dropout;
        private double corruption;
        private double learningRate;
        private double average;
        private long seed;
        private int workers;
        private double checkpointMinutes;
        private @Nullable Path from;
        private boolean resume;
        private String command;

        Draft(TrainOptions options) {
            output = options.output;
            shape = options.shape;
            epochs = options.epochs;
            minutes = options.minutes;
            lanes = options.lanes;
            window = options.window;
            dropout = options.dropout;
            corruption = options.corruption;
            learningRate = options.learningRate;
            average = options.average;
            seed = options.seed;
            workers = options.workers;
            checkpointMinutes = options.checkpointMinutes;
            from = options.from;
            resume = options.resume;
            command = options.command;
        }

        TrainOptions done() {
            return new TrainOptions(
                    output,
                    shape,
                    epochs,
                    minutes,
                    lanes,
                    window,
                    dropout,
                    corruption,
                    learningRate,
                    average,
                    seed,
                    workers,
                    checkpointMinutes,
                    from,
                    resume,
                    command);
        }
    }
}
