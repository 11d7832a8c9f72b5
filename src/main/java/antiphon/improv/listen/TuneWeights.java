package antiphon.improv.listen;

import antiphon.HotPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights of {@link TuneChords}, learned by {@code src/torch/tune_chords.py} from the training side of POP909: a
 * resource of text, a line for each matrix with its name, the value of one step, and its rows as bytes. Immutable; any
 * thread.
 */
final class TuneWeights {
    /** See {@link TuneChords}. */
    static final int INPUTS = 184;

    static final int HIDDEN = 384;
    static final int CLASSES = 12;

    private static final String RESOURCE = "tune-chords.txt";

    static final TuneWeights SHIPPED = read();

    private final float[] toHidden;
    private final float[] hiddenBias;
    private final float[] toClass;
    private final float[] classBias;

    private TuneWeights(Map<String, float[]> matrices) {
        toHidden = matrix(matrices, "W", INPUTS * HIDDEN);
        hiddenBias = matrix(matrices, "b", HIDDEN);
        toClass = matrix(matrices, "V", HIDDEN * CLASSES);
        classBias = matrix(matrices, "c", CLASSES);
    }

    private static float[] matrix(Map<String, float[]> matrices, String name, int size) {
        float[] matrix = matrices.get(name);
        if (matrix == null || matrix.length != size) {
            throw new IllegalStateException(RESOURCE + ": " + name + " of " + size + " numbers needed");
        }
        return matrix;
    }

    private static TuneWeights read() {
        try (InputStream stream = TuneWeights.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + ": missing beside its class");
            }
            Map<String, float[]> matrices = new HashMap<>();
            for (String line : new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(each -> !each.startsWith("#"))
                    .toList()) {
                String[] words = line.split(" ", -1);
                float step = Float.parseFloat(words[1]);
                byte[] bytes = Base64.getDecoder().decode(words[2]);
                float[] values = new float[bytes.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = step * bytes[i];
                }
                matrices.put(words[0], values);
            }
            return new TuneWeights(matrices);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The hidden layer before any input. */
    @HotPath
    void begin(float[] hidden) {
        System.arraycopy(hiddenBias, 0, hidden, 0, HIDDEN);
    }

    /** Adds an input to the hidden layer. */
    @HotPath
    void add(int input, float value, float[] hidden) {
        int row = input * HIDDEN;
        for (int i = 0; i < HIDDEN; i++) {
            hidden[i] += value * toHidden[row + i];
        }
    }

    /** The logit of a pitch class, relative to the key. */
    @HotPath
    double ofClass(float[] hidden, int degree) {
        double logit = classBias[degree];
        for (int i = 0; i < HIDDEN; i++) {
            logit += Math.max(0, hidden[i]) * toClass[i * CLASSES + degree];
        }
        return logit;
    }
}
