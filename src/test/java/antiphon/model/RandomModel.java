package antiphon.model;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Untrained models of any size for tests: the same seed gives the same weights. */
public final class RandomModel {
    private static final String[] NAMES = {"kind", "time", "pitch", "velocity"};
    private static final int[] SIZES = {7, 82, 129, 33};

    private static final String[] PLACE_NAMES = {"since", "phase", "tempo", "sureness", "steps"};
    private static final int[] PLACE_SIZES = {82, 49, 17, 8, 8};
    private static final int PHASES = 48;

    private final Random random;
    private final Map<String, Tensor> tensors = new TreeMap<>();

    private RandomModel(long seed) {
        random = new Random(seed);
    }

    /** A model of the shape that {@code antiphon train} writes. */
    public static ModelFile of(int embedding, int width, int layers, long seed) {
        return new ModelFile(new RandomModel(seed).of(embedding, width, layers), Map.of("format", "1"));
    }

    /** The same, told where in the beat each event falls. */
    public static ModelFile withPlaces(int embedding, int width, int layers, long seed) {
        RandomModel model = new RandomModel(seed);
        model.of(embedding, width, layers);
        for (int field = 0; field < PLACE_NAMES.length; field++) {
            model.matrix("embed." + PLACE_NAMES[field], PLACE_SIZES[field], embedding);
        }
        model.matrix("place.w", width, PHASES);
        model.vector("place.b", PHASES);
        return new ModelFile(model.tensors, Map.of("format", "1"));
    }

    private Map<String, Tensor> of(int embedding, int width, int layers) {
        for (int layer = 0; layer < layers; layer++) {
            int in = layer == 0 ? embedding : width;
            matrix("lstm." + layer + ".w", in, 4 * width);
            matrix("lstm." + layer + ".r", width, 4 * width);
            vector("lstm." + layer + ".b", 4 * width);
        }
        for (int head = 0; head < NAMES.length; head++) {
            matrix("embed." + NAMES[head], SIZES[head], embedding);
            for (int field = 0; field < head; field++) {
                matrix("condition." + NAMES[head] + "." + NAMES[field], SIZES[field], width);
            }
            matrix("head." + NAMES[head] + ".w", width, SIZES[head]);
            vector("head." + NAMES[head] + ".b", SIZES[head]);
        }
        return tensors;
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
