package antiphon.train;

import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.StackedLstm;
import antiphon.music.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Trains a network on a corpus and writes the model file, a checkpoint to resume from, and the learning curve.
 *
 * <p>Truncated backpropagation: windows follow each other within a dialogue and the network's memory is carried over,
 * gradients are not. After each pass over the corpus the network is judged by the held-out pieces; the model file
 * always holds the best so far. Blocks its thread until done; prints nothing.
 */
public final class Trainer {
    /** What an event must be made of for a model to fit; changes with {@link Vocabulary}. */
    public static final String VOCABULARY = "kind7-time82-pitch129-velocity33";

    private static final double LONGEST_GRADIENT = 1;
    private static final int WARM_UP_STEPS = 100;
    private static final double LAST_RATE_SHARE = 0.02;
    private static final double SMOOTHING = 0.02;
    private static final double LN_2 = Math.log(2);

    private final TrainOptions options;
    private final Corpus corpus;
    private final TrainListener listener;
    private final LongSupplier nanoClock;
    private final TrainHistory history = new TrainHistory();
    private final List<Piece> trainPieces;
    private final List<Piece> validPieces;
    private final Map<String, String> identity;
    private final Lanes lanes;
    private final Network network;
    private final Adam adam;
    private final int windowsPerEpoch;
    private double smoothBits = Double.NaN;
    private long resumedAt;
    private double resumedSeconds;
    private long lastNanos;

    /**
     * Prepares a training; with {@link TrainOptions#resume} it goes on where the checkpoint was written.
     *
     * @param nanoClock measures the time spent
     * @throws TrainException one line, if nothing can be learned from the corpus, the output cannot be written, or
     *     the checkpoint is of another training
     */
    public Trainer(TrainOptions options, Corpus corpus, TrainListener listener, LongSupplier nanoClock) {
        this.options = options;
        this.corpus = corpus;
        this.listener = listener;
        this.nanoClock = nanoClock;
        trainPieces = Split.TRAIN.select(corpus.pieces());
        validPieces = Split.VALID.select(corpus.pieces());
        if (trainPieces.isEmpty()) {
            throw new TrainException("corpus: all " + corpus.pieces().size()
                    + " pieces are held out for judging; one at least must be left to learn from. Add pieces.");
        }
        requireWritable(options.output());
        identity = Checkpoint.identity(options, corpus.pieces().size());
        lanes = new Lanes(trainPieces, options.lanes(), options.window(), options.seed());
        windowsPerEpoch = lanes.windowsPerEpoch();
        network = new Network(options.shape(), options.dropout(), options.window(), options.seed());
        adam = new Adam(network.weights().length());
        if (options.resume()) {
            Checkpoint.read(options.checkpoint(), identity).restore(network, adam, history);
            lanes.skip(history.step());
        }
    }

    private static void requireWritable(Path output) {
        Path directory = output.toAbsolutePath().getParent();
        try {
            if (Files.isDirectory(output) || directory == null) {
                throw new TrainException(output + ": a folder; a file needed. Give -o a file name.");
            }
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".antiphon-", ".probe"));
        } catch (IOException failure) {
            throw new TrainException(
                    output + ": its folder cannot be written (" + failure.getMessage() + "). Give -o another place.",
                    failure);
        }
    }

    /** Trains to the end and returns how each pass went. */
    public List<EpochScore> run() {
        resumedAt = history.step();
        resumedSeconds = history.trainedSeconds();
        listener.started(new TrainStart(
                trainPieces.size(),
                validPieces.size(),
                corpus.pieces().size() - trainPieces.size() - validPieces.size(),
                network.weights().length(),
                windowsPerEpoch,
                resumedAt));
        lastNanos = nanoClock.getAsLong();
        double checkpointSeconds = history.trainedSeconds();
        while (share() < 1) {
            learn();
            spendTime();
            boolean closes = history.step() % windowsPerEpoch == 0 || share() >= 1;
            if (closes) {
                closeEpoch();
                spendTime();
            }
            double waited = history.trainedSeconds() - checkpointSeconds;
            if (closes || waited >= options.checkpointMinutes() * 60) {
                checkpoint();
                checkpointSeconds = history.trainedSeconds();
            }
        }
        return history.epochs();
    }

    private void spendTime() {
        long now = nanoClock.getAsLong();
        history.spent((now - lastNanos) / 1e9);
        lastNanos = now;
    }

    /** How much of the training is done: of the passes or of the time, whichever is further. */
    private double share() {
        double ofEpochs = (double) history.step() / ((long) options.epochs() * windowsPerEpoch);
        double ofTime = options.minutes() > 0 ? history.trainedSeconds() / (options.minutes() * 60) : 0;
        return Math.max(ofEpochs, ofTime);
    }

    private void learn() {
        Batch batch = lanes.next();
        double share = share();
        double nats = network.learn(batch, history.step());
        adam.update(network.weights(), network.gradient(), rate(share), LONGEST_GRADIENT, history.step());
        double bits = nats * batch.lanes() * batch.window() / LN_2 + batch.gridBits();
        int notes = batch.notes();
        history.learned(bits, notes);
        if (notes > 0) {
            double now = bits / notes;
            smoothBits = Double.isNaN(smoothBits) ? now : smoothBits + SMOOTHING * (now - smoothBits);
        }
        report(nats);
    }

    /** Rises over the first updates, then falls along a cosine. */
    private double rate(double share) {
        double warmUpSteps = Math.min(WARM_UP_STEPS, options.epochs() * (double) windowsPerEpoch / 10);
        double warmUp = Math.min(1, (history.step() + 1) / (warmUpSteps + 1));
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share)));
        return options.learningRate() * warmUp * (LAST_RATE_SHARE + (1 - LAST_RATE_SHARE) * cosine);
    }

    private void report(double nats) {
        double seconds = history.trainedSeconds() - resumedSeconds;
        long steps = history.step() - resumedAt;
        double share = share();
        listener.progress(new TrainProgress(
                history.step(),
                (double) history.step() / windowsPerEpoch,
                nats,
                smoothBits,
                seconds > 0 ? (double) (steps - 1) * options.lanes() * options.window() / seconds : 0,
                Math.min(1, share),
                share > 0 ? history.trainedSeconds() / share * (1 - Math.min(1, share)) : Double.NaN));
    }

    private void closeEpoch() {
        double valid = Double.NaN;
        ModelFile model = new ModelFile(network.tensors(), metadata(valid));
        if (!validPieces.isEmpty()) {
            valid = Evaluation.of(new StackedLstm(model), validPieces).bitsPerNote();
            model = new ModelFile(model.tensors(), metadata(valid));
        }
        EpochScore score = history.closeEpoch(valid);
        try {
            if (score.best()) {
                model.write(options.output());
            }
            LearningCurve.write(options.learningCurve(), history.epochs());
        } catch (ModelException | IOException failure) {
            throw unwritable(failure);
        }
        listener.epoch(score);
    }

    private void checkpoint() {
        try {
            Checkpoint.write(options.checkpoint(), identity, network, adam, history);
        } catch (ModelException failure) {
            throw unwritable(failure);
        }
    }

    private TrainException unwritable(Exception failure) {
        return new TrainException(
                "training stopped at step " + history.step() + ": " + failure.getMessage()
                        + " Free the space, then train again with --resume.",
                failure);
    }

    private Map<String, String> metadata(double validBitsPerNote) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("format", "1");
        metadata.put("vocabulary", VOCABULARY);
        metadata.put("embedding", String.valueOf(options.shape().embedding()));
        metadata.put("hidden", String.valueOf(options.shape().hidden()));
        metadata.put("layers", String.valueOf(options.shape().layers()));
        metadata.put("corpus", corpus.description());
        metadata.put("events_seen", String.valueOf(history.step() * options.lanes() * options.window()));
        metadata.put("epochs", String.valueOf(history.step() / windowsPerEpoch));
        metadata.put("seed", String.valueOf(options.seed()));
        metadata.put("command", options.command());
        if (!Double.isNaN(validBitsPerNote)) {
            metadata.put("valid_bits_per_note", String.format(Locale.ROOT, "%.4f", validBitsPerNote));
        }
        return metadata;
    }
}
