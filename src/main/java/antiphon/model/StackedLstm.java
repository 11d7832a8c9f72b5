package antiphon.model;

import antiphon.HotPath;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stacked LSTM of a model file, stepped one event at a time.
 *
 * <p>Computes the same as Deeplearning4j's {@code LSTM} layers (gate blocks in the order candidate, forget, output,
 * input; no peepholes), held together by a parity test. Weights are immutable and shared; everything that changes is
 * in {@link LstmState}. Allocates nothing after construction; for cost run {@code StepBench}.
 *
 * <p>An event has the fields kind, time, pitch, velocity (numbers 0–3). The network's input is the sum of the
 * fields' embeddings; because fields are discrete, embedding times the first layer's input weights is tabulated per
 * value when the model is loaded, and a step only adds four rows. The heads predict the next event's fields one
 * after another: {@code relu(h + the conditions chosen so far) · W + b}.
 */
public final class StackedLstm {
    /** The fields in the order they are predicted. */
    public static final int KIND = 0;

    public static final int TIME = 1;
    public static final int PITCH = 2;
    public static final int VELOCITY = 3;
    public static final int FIELDS = 4;

    private static final String[] NAMES = {"kind", "time", "pitch", "velocity"};
    private static final String FORMAT = "1";

    private final int width;
    private final int layers;
    private final int[] fieldSizes = new int[FIELDS];
    private final float[][][] firstInput = new float[FIELDS][][]; // [field][value][4 * width]
    private final float[][][] input; // [layer][width][4 * width], layer 0 unused
    private final float[][][] recurrent; // [layer][width][4 * width]
    private final float[][] bias; // [layer][4 * width]
    private final float[][][][] condition = new float[FIELDS][FIELDS][][]; // [head][field][value][width]
    private final float[][][] headWeights = new float[FIELDS][][]; // [head][width][values]
    private final float[][] headBias = new float[FIELDS][]; // [head][values]
    private final @Nullable CacheWeights cacheWeights;

    /**
     * Takes the weights out of a model file.
     *
     * @throws ModelException one line, if the file lacks a tensor, has one of another shape, or another format
     */
    public StackedLstm(ModelFile file) {
        String format = file.metadata().getOrDefault("format", "none");
        if (!format.equals(FORMAT)) {
            throw new ModelException("format " + format + "; this build reads " + FORMAT + ". Retrain, or upgrade.");
        }
        int count = 0;
        while (file.tensors().containsKey("lstm." + count + ".r")) {
            count++;
        }
        if (count == 0) {
            throw new ModelException("no tensor lstm.0.r; one at least needed. Not a model of antiphon train.");
        }
        layers = count;
        String cache = file.metadata().get(CacheWeights.KEY);
        cacheWeights = cache == null ? null : CacheWeights.parse(cache);
        width = rows(file, "lstm.0.r");
        input = new float[layers][][];
        recurrent = new float[layers][][];
        bias = new float[layers][];
        for (int layer = 0; layer < layers; layer++) {
            loadLayer(file, layer);
        }
        loadInputTables(file);
        for (int head = 0; head < FIELDS; head++) {
            loadHead(file, head);
        }
    }

    private void loadLayer(ModelFile file, int layer) {
        String name = "lstm." + layer + ".";
        if (layer > 0) {
            input[layer] = matrix(file, name + "w", width, 4 * width).rows();
        }
        recurrent[layer] = matrix(file, name + "r", width, 4 * width).rows();
        bias[layer] = vector(file, name + "b", 4 * width);
    }

    /** Tabulates embedding · W for every value of every field. */
    private void loadInputTables(ModelFile file) {
        int embedding = rows(file, "lstm.0.w");
        float[][] rows = matrix(file, "lstm.0.w", embedding, 4 * width).rows();
        for (int field = 0; field < FIELDS; field++) {
            String name = "embed." + NAMES[field];
            fieldSizes[field] = rows(file, name);
            float[][] embeddings =
                    matrix(file, name, fieldSizes[field], embedding).rows();
            firstInput[field] = new float[fieldSizes[field]][4 * width];
            for (int value = 0; value < fieldSizes[field]; value++) {
                Rows.multiplyAdd(embeddings[value], rows, firstInput[field][value]);
            }
        }
    }

    private void loadHead(ModelFile file, int head) {
        for (int field = 0; field < head; field++) {
            String name = "condition." + NAMES[head] + "." + NAMES[field];
            condition[head][field] =
                    matrix(file, name, fieldSizes[field], width).rows();
        }
        String name = "head." + NAMES[head];
        headWeights[head] = matrix(file, name + ".w", width, fieldSizes[head]).rows();
        headBias[head] = vector(file, name + ".b", fieldSizes[head]);
    }

    /** How many rows a matrix has whose size says how large the others must be. */
    private static int rows(ModelFile file, String name) {
        Tensor tensor = file.tensor(name);
        int[] shape = tensor.shape();
        if (shape.length != 2 || tensor.values().length == 0) {
            throw new ModelException(name + " has shape " + Arrays.toString(shape)
                    + "; rows × columns expected, one each at least. The file does not fit together: train it again.");
        }
        return shape[0];
    }

    private static Tensor matrix(ModelFile file, String name, int rows, int columns) {
        Tensor tensor = file.tensor(name);
        if (!tensor.isMatrix(rows, columns)) {
            throw new ModelException(name + " has shape " + Arrays.toString(tensor.shape()) + "; " + rows + " × "
                    + columns + " expected. The file does not fit together: train it again.");
        }
        return tensor;
    }

    private static float[] vector(ModelFile file, String name, int length) {
        Tensor tensor = file.tensor(name);
        if (tensor.values().length != length) {
            throw new ModelException(name + " has " + tensor.values().length + " values; " + length
                    + " expected. The file does not fit together: train it again.");
        }
        return tensor.values();
    }

    /** A new, empty memory for this network. */
    public LstmState newState() {
        return new LstmState(layers, width);
    }

    /** Units in each layer. */
    public int width() {
        return width;
    }

    /** Number of LSTM layers. */
    public int layers() {
        return layers;
    }

    /** How a {@link NeuralCache} was tuned for this network; empty if it was not. */
    public Optional<CacheWeights> cacheWeights() {
        return Optional.ofNullable(cacheWeights);
    }

    /** Number of values of a field, as the embeddings and heads have them. */
    public int fieldSize(int field) {
        return fieldSizes[field];
    }

    /**
     * Advances the network by one event.
     *
     * @param state advanced in place; the caller resets it between pieces
     * @param kind index below {@code fieldSize(KIND)}, and so on for the other fields
     * @throws IndexOutOfBoundsException if a field is outside the vocabulary: the model was trained with another
     *     encoder; whoever loads a model compares {@link #fieldSize} first
     */
    @HotPath
    public void step(LstmState state, int kind, int time, int pitch, int velocity) {
        float[] gates = state.gates;
        System.arraycopy(bias[0], 0, gates, 0, gates.length);
        Rows.add(firstInput[KIND][kind], gates);
        Rows.add(firstInput[TIME][time], gates);
        Rows.add(firstInput[PITCH][pitch], gates);
        Rows.add(firstInput[VELOCITY][velocity], gates);
        for (int layer = 0; layer < layers; layer++) {
            if (layer > 0) {
                System.arraycopy(bias[layer], 0, gates, 0, gates.length);
                Rows.multiplyAdd(state.hidden[layer - 1], input[layer], gates);
            }
            Rows.multiplyAdd(state.hidden[layer], recurrent[layer], gates);
            advanceCell(gates, state.cell[layer], state.hidden[layer]);
        }
    }

    private void advanceCell(float[] gates, float[] cell, float[] hidden) {
        int forget = width;
        int output = 2 * width;
        int in = 3 * width;
        for (int i = 0; i < cell.length; i++) {
            float kept = Activation.sigmoid(gates[forget + i]) * cell[i];
            float added = Activation.sigmoid(gates[in + i]) * Activation.tanh(gates[i]);
            cell[i] = kept + added;
            hidden[i] = Activation.sigmoid(gates[output + i]) * Activation.tanh(cell[i]);
        }
    }

    /**
     * Unnormalised log-probabilities of the next event's field, given the fields before it.
     *
     * @param head which field: {@link #KIND} … {@link #VELOCITY}
     * @param kind the kind chosen; ignored by the kind head. Likewise time and pitch by theirs
     * @param logits out: at least {@code fieldSize(head)} long
     */
    @HotPath
    public void logits(LstmState state, int head, int kind, int time, int pitch, float[] logits) {
        float[] activation = state.head;
        System.arraycopy(state.hidden[layers - 1], 0, activation, 0, width);
        if (head > KIND) {
            Rows.add(condition[head][KIND][kind], activation);
        }
        if (head > TIME) {
            Rows.add(condition[head][TIME][time], activation);
        }
        if (head > PITCH) {
            Rows.add(condition[head][PITCH][pitch], activation);
        }
        float[] start = headBias[head];
        System.arraycopy(start, 0, logits, 0, start.length);
        float[][] rows = headWeights[head];
        for (int i = 0; i < width; i++) {
            float value = activation[i];
            // About half of the units are silent after relu: skipping them saves more than their branches cost.
            if (value > 0) {
                addScaled(value, rows[i], logits, start.length);
            }
        }
    }

    private static void addScaled(float scale, float[] row, float[] sum, int length) {
        for (int j = 0; j < length; j++) {
            sum[j] = Math.fma(scale, row[j], sum[j]);
        }
    }
}
