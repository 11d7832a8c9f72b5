package antiphon.train;

import antiphon.corpus.Corpus;
import antiphon.corpus.Division;
import antiphon.corpus.Learned;
import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.model.CacheWeights;
import antiphon.model.CriticWeights;
import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.StackedLstm;
import antiphon.music.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network on a corpus and writes the model file, a checkpoint to resume from, and the learning curve.
 *
 * <p>Truncated backpropagation: windows follow each other within a dialogue and the network's memory is carried over,
 * gradients are not. After each pass over the corpus the network is judged by the held-out pieces; the model file
 * always holds the best so far. A training that begins with a model ({@link TrainOptions#from}) counts that model as
 * its first best, and ends when it has become no better for some passes. Blocks its thread until done; prints nothing.
 */
public final class Trainer {
    private static final double LONGEST_GRADIENT = 1;
    private static final int WARM_UP_STEPS = 100;
    private static final double LAST_RATE_SHARE = 0.02;
    private static final double SMOOTHING = 0.02;
    private static final double LN_2 = Math.log(2);
    private static final int PASSES_WITHOUT_GAIN = 3;

    private final TrainOptions options;
    private final Corpus corpus;
    private final TrainListener listener;
    private final LongSupplier nanoClock;
    private final TrainHistory history = new TrainHistory();
    private final Division pieces;
    private final @Nullable ModelFile start;
    private final Map<String, String> identity;
    private final Lanes lanes;
    private final Corruption corruption;
    private final Replicas network;
    private final Adam adam;
    private final MovingAverage average;
    private final int windowsPerEpoch;
    private final String learned;
    private volatile boolean stopping;
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
        start = options.from() == null ? null : beginning(options.from(), options.shape());
        pieces = start == null ? Division.bySplit(corpus.pieces()) : Division.ofFew(corpus.pieces());
        requireWritable(options.output());
        learned = learned(corpus, pieces, start).toText();
        identity = Checkpoint.identity(options, corpus.pieces().size());
        lanes = new Lanes(pieces.train(), options.lanes(), options.window(), options.seed());
        corruption = new Corruption(options.corruption(), options.seed());
        windowsPerEpoch = lanes.windowsPerEpoch();
        network = new Replicas(options.shape(), options.dropout(), options.window(), options.seed(), options.workers());
        if (start != null) {
            network.first().load(start);
        }
        adam = new Adam(network.weights().length());
        average = new MovingAverage(options.average(), network.weights());
        if (options.resume()) {
            Checkpoint.read(options.checkpoint(), identity).restore(network, adam, average, history);
            lanes.skip(history.step());
        }
    }

    private static ModelFile beginning(Path path, NetworkShape shape) {
        ModelFile model = ModelFile.read(path);
        String vocabulary = model.metadata().getOrDefault("vocabulary", "none");
        if (!vocabulary.equals(Vocabulary.NAME)) {
            throw new TrainException(path + ": vocabulary " + vocabulary + "; this build has " + Vocabulary.NAME
                    + ". Name a model trained with this build's encoder.");
        }
        if (!NetworkShape.of(model).equals(shape)) {
            throw new TrainException(path + ": " + NetworkShape.of(model) + "; " + shape
                    + " asked for; they must be equal. Leave out --hidden, --layers and --embedding.");
        }
        return model;
    }

    private static Learned learned(Corpus corpus, Division pieces, @Nullable ModelFile start) {
        List<Piece> heldOut = new ArrayList<>(pieces.valid());
        heldOut.addAll(pieces.test());
        Learned before = Optional.ofNullable(start)
                .flatMap(model -> Learned.parse(model.metadata().getOrDefault(Learned.KEY, "")))
                .orElse(Learned.nothing());
        return Learned.of(corpus.pieces(), heldOut, before);
    }

    /**
     * Ends the training after the update that is being made, with a checkpoint to resume from. Any thread.
     */
    public void stopSoon() {
        stopping = true;
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

    /** Trains to the end and returns how each pass went; once only. */
    public List<EpochScore> run() {
        resumedAt = history.step();
        resumedSeconds = history.trainedSeconds();
        listener.started(new TrainStart(
                pieces.train().size(),
                pieces.valid().size(),
                pieces.test().size(),
                pieces.rule(),
                network.weights().length(),
                windowsPerEpoch,
                resumedAt));
        try (network) {
            if (start != null && resumedAt == 0) {
                double before = bitsPerNote(start, pieces.valid());
                history.begin(before);
                listener.begun(before);
                write(start);
            }
            learnAll();
        }
        if (start != null && !stopping) {
            judge(start);
        }
        return history.epochs();
    }

    private void learnAll() {
        lastNanos = nanoClock.getAsLong();
        double checkpointSeconds = history.trainedSeconds();
        while (share() < 1 && !isDone() && !stopping) {
            learn();
            spendTime();
            boolean closes = history.step() % windowsPerEpoch == 0 || share() >= 1;
            if (closes) {
                closeEpoch();
                spendTime();
            }
            double waited = history.trainedSeconds() - checkpointSeconds;
            if (closes || stopping || waited >= options.checkpointMinutes() * 60) {
                checkpoint();
                checkpointSeconds = history.trainedSeconds();
            }
        }
    }

    /** Ends early when training begins with a model, because a few files are soon learned by heart. */
    private boolean isDone() {
        return start != null && history.passesSinceBest() >= PASSES_WITHOUT_GAIN;
    }

    /**
     * Measures the gain on pieces that did not choose the pass. If there is none, the file gets the weights that it
     * began with.
     */
    private void judge(ModelFile before) {
        StackedLstm tuned = new StackedLstm(ModelFile.read(options.output()));
        Score scoreBefore = Evaluation.of(new StackedLstm(before), pieces.test());
        Score scoreAfter = Evaluation.of(tuned, pieces.test());
        boolean helped = scoreAfter.bitsPerNote() < scoreBefore.bitsPerNote();
        if (!helped) {
            write(before);
        }
        listener.tuned(
                new TuneScore(pieces.test().stream().map(Piece::name).toList(), scoreBefore, scoreAfter, helped));
    }

    private static double bitsPerNote(ModelFile model, List<Piece> heldOut) {
        return Evaluation.of(new StackedLstm(model), heldOut).bitsPerNote();
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
        double nats = network.learn(corruption.of(batch, history.step()), history.step());
        adam.update(network.weights(), network.gradient(), rate(share), LONGEST_GRADIENT, history.step());
        average.follow(network.weights(), history.step());
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
        ModelFile model = new ModelFile(network.first().tensors(average.weights()), metadata(valid));
        if (!pieces.valid().isEmpty()) {
            valid = bitsPerNote(model, pieces.valid());
            model = new ModelFile(model.tensors(), metadata(valid));
        }
        EpochScore score = history.closeEpoch(valid);
        if (score.best()) {
            write(model);
        }
        try {
            LearningCurve.write(options.learningCurve(), history.epochs());
        } catch (IOException failure) {
            throw unwritable(failure);
        }
        listener.epoch(score);
    }

    private void write(ModelFile model) {
        try {
            model.write(options.output());
        } catch (ModelException failure) {
            throw unwritable(failure);
        }
    }

    private void checkpoint() {
        try {
            Checkpoint.write(options.checkpoint(), identity, network, adam, average, history);
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
        metadata.put("vocabulary", Vocabulary.NAME);
        metadata.put("embedding", String.valueOf(options.shape().embedding()));
        metadata.put("hidden", String.valueOf(options.shape().hidden()));
        metadata.put("layers", String.valueOf(options.shape().layers()));
        metadata.put("corpus", corpus.description());
        metadata.put(Learned.KEY, learned);
        metadata.put("events_seen", String.valueOf(history.step() * options.lanes() * options.window()));
        metadata.put("epochs", String.valueOf(history.step() / windowsPerEpoch));
        metadata.put("seed", String.valueOf(options.seed()));
        metadata.put("command", options.command());
        if (start != null) {
            metadata.put("from", String.valueOf(options.from()));
            metadata.put("from_corpus", start.metadata().getOrDefault("corpus", "unknown"));
            // What was learned from one musician changes little in how far the memory of motifs can be trusted, and in
            // which answers are good.
            for (String tuned : List.of(CacheWeights.KEY, CriticWeights.KEY)) {
                String weights = start.metadata().get(tuned);
                if (weights != null) {
                    metadata.put(tuned, weights);
                }
            }
        }
        if (!Double.isNaN(validBitsPerNote)) {
            metadata.put("valid_bits_per_note", String.format(Locale.ROOT, "%.4f", validBitsPerNote));
        }
        return metadata;
    }
}
