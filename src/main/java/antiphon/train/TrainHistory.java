package antiphon.train;

import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How far a training is and how it went: what a checkpoint keeps beside numbers of the network. One thread. */
final class TrainHistory {
    /** Means that there is no score, because files of tensors hold only finite numbers. */
    private static final float NO_SCORE = -1;

    private final List<EpochScore> epochs = new ArrayList<>();
    private long step;
    private double trainedSeconds;
    private double epochBits;
    private double epochNotes;
    private double startBitsPerNote = Double.POSITIVE_INFINITY;

    long step() {
        return step;
    }

    /** Time spent learning, in all sessions. */
    double trainedSeconds() {
        return trainedSeconds;
    }

    List<EpochScore> epochs() {
        return List.copyOf(epochs);
    }

    /** Counts one update. */
    void learned(double bits, int notes) {
        step++;
        epochBits += bits;
        epochNotes += notes;
    }

    void spent(double seconds) {
        trainedSeconds += seconds;
    }

    /** What the weights that the training began with scored on held-out pieces: the first best. */
    void begin(double bitsPerNote) {
        startBitsPerNote = bitsPerNote;
    }

    /** Passes since the last that was the best. */
    int passesSinceBest() {
        int passes = 0;
        while (passes < epochs.size() && !epochs.get(epochs.size() - 1 - passes).best()) {
            passes++;
        }
        return passes;
    }

    /** The best score on held-out pieces so far; infinite before the first. */
    double bestBitsPerNote() {
        return epochs.stream()
                .filter(EpochScore::best)
                .mapToDouble(EpochScore::validBitsPerNote)
                .min()
                .orElse(startBitsPerNote);
    }

    /** Closes the pass; without held-out pieces (NaN) the newest counts as the best. */
    EpochScore closeEpoch(double validBitsPerNote) {
        boolean best = Double.isNaN(validBitsPerNote) || validBitsPerNote < bestBitsPerNote();
        EpochScore score = new EpochScore(epochs.size() + 1, epochBits / epochNotes, validBitsPerNote, best);
        epochs.add(score);
        epochBits = 0;
        epochNotes = 0;
        return score;
    }

    Map<String, String> metadata() {
        return Map.of(
                "step", String.valueOf(step),
                "trained_seconds", String.valueOf(trainedSeconds),
                "epoch_bits", String.valueOf(epochBits),
                "epoch_notes", String.valueOf(epochNotes),
                "start_bits", String.valueOf(startBitsPerNote));
    }

    Map<String, Tensor> tensors() {
        float[] train = new float[epochs.size()];
        float[] valid = new float[epochs.size()];
        float[] best = new float[epochs.size()];
        for (int i = 0; i < train.length; i++) {
            train[i] = saved(epochs.get(i).trainBitsPerNote());
            valid[i] = saved(epochs.get(i).validBitsPerNote());
            best[i] = epochs.get(i).best() ? 1 : 0;
        }
        return Map.of(
                "history.train", Tensor.vector(train),
                "history.valid", Tensor.vector(valid),
                "history.best", Tensor.vector(best));
    }

    void load(ModelFile file) {
        Map<String, String> metadata = file.metadata();
        step = Long.parseLong(metadata.getOrDefault("step", "0"));
        trainedSeconds = Double.parseDouble(metadata.getOrDefault("trained_seconds", "0"));
        epochBits = Double.parseDouble(metadata.getOrDefault("epoch_bits", "0"));
        epochNotes = Double.parseDouble(metadata.getOrDefault("epoch_notes", "0"));
        startBitsPerNote = Double.parseDouble(metadata.getOrDefault("start_bits", "Infinity"));
        float[] train = file.tensor("history.train").values();
        float[] valid = file.tensor("history.valid").values();
        float[] best = file.tensor("history.best").values();
        epochs.clear();
        for (int i = 0; i < train.length; i++) {
            epochs.add(new EpochScore(i + 1, loaded(train[i]), loaded(valid[i]), best[i] > 0));
        }
    }

    private static float saved(double score) {
        return Double.isNaN(score) ? NO_SCORE : (float) score;
    }

    private static double loaded(float score) {
        return score == NO_SCORE ? Double.NaN : score;
    }
}
