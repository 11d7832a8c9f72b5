package antiphon.model;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Untrained models of any size for tests: the same seed gives the same weights. */
public final class RandomModel {
    private static final String[] NAMES = {"kind", "time", "pitch", "velocity"};
    private static final int[] SIZES = {7, 82, 129, 33};

    private final Random random;
    private final Map<String, Tensor> tensors = new TreeMap<>();

    private RandomModel(long seed) {
        random = new Random(seed);
    }

    /** A model of the shape that {@code antiphon train} writes. */
    public static ModelFile of(int embedding, int width, int layers, long seed) {
        RandomModel model = new RandomModel(seed);
        for (int layer = 0; layer < layers; layer++) {
            int in = layer == 0 ? embedding : width;
            model.matrix("lstm." + layer + ".w", in, 4 * width);
            model.matrix("lstm." + layer + ".r", width, 4 * width);
            model.vector("lstm." + layer + ".b", 4 * width);
        }
        for (int head = 0; head < NAMES.length; head++) {
            model.matrix("embed." + NAMES[head], SIZES[head], embedding);
            for (int field = 0; field < head; field++) {
                model.matrix("condition." + NAMES[head] + "." + NAMES[field], SIZES[field], width);
            }
            model.matrix("head." + NAMES[head] + ".w", width, SIZES[head]);
            model.vector("head." + NAMES[head] + ".b", SIZES[head]);
        }
        return new ModelFile(model.tensors, Map.of("format", "1"));
    }

    private void matrix(String name, int rows, int columns) {
        tensors.put(name, Tensor.matrix(rows, columns, values(rows * columns, 1 / Math.sqrt(rows))));
    }

    private void vector(String name, int length) {
        tensors.put(name, Tensor.vector(values(length, 0.1)));
    }

    private float[] values(int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }
}
