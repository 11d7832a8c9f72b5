package antiphon.train;

import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training between two updates, as a safetensors file: weights, optimiser, the lanes' memories, and how far it is.
 *
 * <p>Written beside its place and moved there, so that a crash leaves the one before. The order of the data follows
 * from seed and step, so it is not saved.
 */
record Checkpoint(ModelFile file) {
    private static final String STEP = "step";
    private static final String NONE = "none";
    private static final int MAX_SHOWN = 40;

    /** More than any training makes, and few enough to pass over in reasonable time. */
    private static final double MAX_STEPS = 1e8;

    private static final double MAX_AMOUNT = 1e15;

    /**
     * What a training must have in common with the one that it resumes; otherwise its weights or its data would not
     * fit.
     */
    static Map<String, String> identity(TrainOptions options, int pieces) {
        Map<String, String> identity = new TreeMap<>();
        identity.put("hidden", String.valueOf(options.shape().hidden()));
        identity.put("layers", String.valueOf(options.shape().layers()));
        identity.put("embedding", String.valueOf(options.shape().embedding()));
        identity.put("batch", String.valueOf(options.lanes()));
        identity.put("window", String.valueOf(options.window()));
        identity.put("seed", String.valueOf(options.seed()));
        identity.put("pieces", String.valueOf(pieces));
        identity.put("workers", String.valueOf(options.workers()));
        identity.put("from", String.valueOf(options.from() == null ? NONE : options.from()));
        return identity;
    }

    static void write(
            Path path,
            Map<String, String> identity,
            Replicas network,
            Adam adam,
            MovingAverage average,
            TrainHistory history) {
        Map<String, Tensor> tensors = new TreeMap<>(network.first().tensors());
        tensors.putAll(network.memories());
        tensors.putAll(adam.tensors());
        tensors.putAll(average.tensors());
        tensors.putAll(history.tensors());
        Map<String, String> metadata = new TreeMap<>(identity);
        metadata.putAll(history.metadata());
        new ModelFile(tensors, metadata).write(path);
    }

    /** Reads a checkpoint; {@link TrainException} if there is none, or it is of another training. */
    static Checkpoint read(Path path, Map<String, String> identity) {
        if (!Files.isRegularFile(path)) {
            throw new TrainException(
                    path + ": no checkpoint to resume from. Leave out --resume to begin a new training.");
        }
        ModelFile file;
        try {
            file = ModelFile.read(path);
        } catch (ModelException broken) {
            throw new TrainException(broken.getMessage() + " Leave out --resume to begin anew.", broken);
        }
        identity.forEach((name, value) -> {
            String found = file.metadata().getOrDefault(name, NONE);
            if (!found.equals(value)) {
                throw new TrainException(path + ": " + name + " " + found + " in the checkpoint, " + value
                        + " asked for; they must be equal. Resume with --" + name + " " + found
                        + ", or leave out --resume.");
            }
        });
        if (!file.metadata().containsKey(STEP)) {
            throw new TrainException(path + ": a model, not a checkpoint. Leave out --resume to begin a new training.");
        }
        requireSound(path, file);
        return new Checkpoint(file);
    }

    void restore(Replicas network, Adam adam, MovingAverage average, TrainHistory history) {
        network.first().load(file);
        network.remember(file);
        adam.load(file);
        average.load(file, network.weights());
        history.load(file);
    }

    /** A number of the metadata; {@link TrainException} if it is none, or one that no training can come to. */
    private static void requireNumber(Path path, ModelFile file, String name, double max) {
        String found = file.metadata().getOrDefault(name, "0");
        double value;
        try {
            value = Double.parseDouble(found);
        } catch (NumberFormatException text) {
            value = Double.NaN;
        }
        if (!(value >= 0 && value <= max) || (name.equals(STEP) && value != Math.rint(value))) {
            throw new TrainException(path + ": " + name + " = " + shortened(found) + "; a number from 0 to "
                    + (max == Double.POSITIVE_INFINITY ? "infinity" : (long) max)
                    + " needed. The checkpoint is damaged: leave out --resume to begin anew.");
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    private static void requireSound(Path path, ModelFile file) {
        requireNumber(path, file, STEP, MAX_STEPS);
        requireNumber(path, file, "trained_seconds", MAX_AMOUNT);
        requireNumber(path, file, "epoch_bits", MAX_AMOUNT);
        requireNumber(path, file, "epoch_notes", MAX_AMOUNT);
        requireNumber(path, file, "start_bits", Double.POSITIVE_INFINITY);
        int passes = file.tensor("history.train").values().length;
        if (file.tensor("history.valid").values().length != passes
                || file.tensor("history.best").values().length != passes) {
            throw new TrainException(
                    path + ": its passes do not fit together. The checkpoint is damaged: leave out --resume.");
        }
    }
}
