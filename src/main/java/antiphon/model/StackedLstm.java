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
 * <p>Most of a step's time is spent on reading its weights. So the matrices can be held with fewer bytes ({@link
 * Precision}), and what does not depend on the next event is computed before it comes ({@link #prepare}).
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

    /** What a network that knows places is told with each event: see {@link LstmState#setPlace}. */
    public static final int PLACE_FIELDS = 5;

    private static final String[] NAMES = {"kind", "time", "pitch", "velocity"};
    static final String[] PLACE_NAMES = {"since", "phase", "tempo", "sureness", "steps"};
    private static final String PLACE = "place.w";
    private static final String FORMAT = "1";

    private final Precision precision;
    private final int width;
    private final int layers;
    private final int[] fieldSizes = new int[FIELDS];
    private final float[][][] firstInput = new float[FIELDS][][]; // [field][value][4 * width]
    private final Matrix[] input; // [layer]: width × 4 * width, none for layer 0
    private final Matrix[] recurrent; // [layer]: width × 4 * width
    private final float[][] bias; // [layer][4 * width]
    private final float[][][][] condition = new float[FIELDS][FIELDS][][]; // [head][field][value][width]
    private final Matrix[] headWeights = new Matrix[FIELDS]; // [head]: width × values
    private final float[][] headBias = new float[FIELDS][]; // [head][values]
    private final @Nullable CacheWeights cacheWeights;
    private final Optional<CriticWeights> criticWeights;
    private final float[][][] placeInput = new float[PLACE_FIELDS][][]; // [field][value][4 * width]
    private final @Nullable Matrix placeWeights; // width × phases; null: it knows no places
    private final float[] placeBias; // [phases]

    /**
     * Takes the weights out of a model file.
     *
     * @param precision of the matrices; tables and biases, of which a step reads little, stay single
     * @throws ModelException one line, if the file lacks a tensor, has one of another shape, or another format
     */
    public StackedLstm(ModelFile file, Precision precision) {
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
        String critic = file.metadata().get(CriticWeights.KEY);
        criticWeights = Optional.ofNullable(critic).map(CriticWeights::parse);
        width = rows(file, "lstm.0.r");
        this.precision = precision;
        input = new Matrix[layers];
        recurrent = new Matrix[layers];
        bias = new float[layers][];
        for (int layer = 0; layer < layers; layer++) {
            loadLayer(file, layer);
        }
        loadInputTables(file);
        for (int head = 0; head < FIELDS; head++) {
            loadHead(file, head);
        }
        placeBias = file.tensors().containsKey(PLACE) ? loadPlaces(file) : new float[0];
        placeWeights = placeBias.length > 0 ? weights(file, PLACE, width, placeBias.length) : null;
    }

    /** Gives the bias. */
    private float[] loadPlaces(ModelFile file) {
        for (int field = 0; field < PLACE_FIELDS; field++) {
            placeInput[field] = table(file, "embed." + PLACE_NAMES[field]);
        }
        return vector(file, "place.b", columns(file, PLACE));
    }

    private void loadLayer(ModelFile file, int layer) {
        String name = "lstm." + layer + ".";
        if (layer > 0) {
            input[layer] = weights(file, name + "w", width, 4 * width);
        }
        recurrent[layer] = weights(file, name + "r", width, 4 * width);
        bias[layer] = vector(file, name + "b", 4 * width);
    }

    /** Tabulates embedding · W for every value of every field. */
    private void loadInputTables(ModelFile file) {
        for (int field = 0; field < FIELDS; field++) {
            firstInput[field] = table(file, "embed." + NAMES[field]);
            fieldSizes[field] = firstInput[field].length;
        }
    }

    private float[][] table(ModelFile file, String name) {
        int embedding = rows(file, "lstm.0.w");
        float[][] rows = matrix(file, "lstm.0.w", embedding, 4 * width).rows();
        float[][] embeddings = matrix(file, name, rows(file, name), embedding).rows();
        float[][] table = new float[embeddings.length][4 * width];
        for (int value = 0; value < table.length; value++) {
            Rows.multiplyAdd(embeddings[value], rows, table[value]);
        }
        return table;
    }

    private void loadHead(ModelFile file, int head) {
        for (int field = 0; field < head; field++) {
            String name = "condition." + NAMES[head] + "." + NAMES[field];
            condition[head][field] =
                    matrix(file, name, fieldSizes[field], width).rows();
        }
        String name = "head." + NAMES[head];
        headWeights[head] = weights(file, name + ".w", width, fieldSizes[head]);
        headBias[head] = vector(file, name + ".b", fieldSizes[head]);
    }

    /** The number of rows of a matrix whose size is free; the others' sizes follow from it. */
    private static int rows(ModelFile file, String name) {
        Tensor tensor = file.tensor(name);
        int[] shape = tensor.shape();
        if (shape.length != 2 || tensor.values().length == 0) {
            throw new ModelException(name + " has shape " + Arrays.toString(shape)
                    + "; rows × columns expected, one each at least. The file does not fit together: train it again.");
        }
        return shape[0];
    }

    private static int columns(ModelFile file, String name) {
        int rows = rows(file, name);
        return file.tensor(name).values().length / rows;
    }

    private static Tensor matrix(ModelFile file, String name, int rows, int columns) {
        Tensor tensor = file.tensor(name);
        if (!tensor.isMatrix(rows, columns)) {
            throw new ModelException(name + " has shape " + Arrays.toString(tensor.shape()) + "; " + rows + " × "
                    + columns + " expected. The file does not fit together: train it again.");
        }
        return tensor;
    }

    private Matrix weights(ModelFile file, String name, int rows, int columns) {
        return Kernels.matrix(name, matrix(file, name, rows, columns), precision);
    }

    private static float[] vector(ModelFile file, String name, int length) {
        Tensor tensor = file.tensor(name);
        if (tensor.values().length != length) {
            throw new ModelException(name + " has " + tensor.values().length + " values; " + length
                    + " expected. The file does not fit together: train it again.");
        }
        return tensor.values();
    }

    /** Takes the weights out of a model file as they are, in single precision. */
    public StackedLstm(ModelFile file) {
        this(file, Precision.F32);
    }

    /** A new, empty memory for this network. */
    public LstmState newState() {
        return new LstmState(layers, width, fieldSizes[TIME], placeBias.length);
    }

    /** New, empty memories that go forward together. */
    public LstmBatch newBatch(int capacity) {
        return new LstmBatch(capacity, layers, width, fieldSizes[TIME], placeBias.length);
    }

    /**
     * True if this machine rounds each product and sum once: then another one that does computes the same to the bit.
     * The system property {@code antiphon.fused}, if it was set before the first network was made, overrides this.
     */
    public static boolean fuses() {
        return Rows.FUSED;
    }

    /** How the weights lie in memory. */
    public Precision precision() {
        return precision;
    }

    /** Bytes of weights that one step reads: what its time is measured against. The tables' four rows are left out. */
    public long stepBytes() {
        long bytes = recurrent[0].bytes();
        for (int layer = 1; layer < layers; layer++) {
            bytes += recurrent[layer].bytes() + input[layer].bytes();
        }
        return bytes;
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

    /** How whole answers are judged that it gives, if that was learned for it. */
    public Optional<CriticWeights> criticWeights() {
        return criticWeights;
    }

    /** True if it is to be told with each event where in the beat that falls: see {@link LstmState#setPlace}. */
    @HotPath
    public boolean knowsPlaces() {
        return placeWeights != null;
    }

    /** Number of values of what it is told of a place; 0 if it knows none. */
    public int placeSize(int field) {
        return knowsPlaces() ? placeInput[field].length : 0;
    }

    /** Parts of a beat that the time head tells apart; 0 if it knows no places. */
    public int phases() {
        return placeBias.length;
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
        prepare(state);
        for (int layer = 0; layer < layers; layer++) {
            if (layer == 0) {
                addInput(state, kind, time, pitch, velocity);
            } else {
                input[layer].multiplyAdd(state.hidden[layer - 1], state.gates[layer]);
            }
            Activation.advanceCell(state.gates[layer], state.cell[layer], state.hidden[layer]);
        }
        state.prepared = false;
    }

    /**
     * Computes ahead what the next step needs and no event can change: two thirds of its work, with two layers. Called
     * in time, it makes the step after it so much shorter; the result is the same to the last bit. False if it was done.
     */
    @HotPath
    public boolean prepare(LstmState state) {
        if (state.prepared) {
            return false;
        }
        for (int layer = 0; layer < layers; layer++) {
            float[] gates = state.gates[layer];
            System.arraycopy(bias[layer], 0, gates, 0, gates.length);
            recurrent[layer].multiplyAdd(state.hidden[layer], gates);
        }
        state.prepared = true;
        return true;
    }

    /**
     * Advances the first states of a batch, each by the event set for it, with one pass over the weights. Each comes
     * out as if it had gone alone, to the last bit.
     *
     * @param count how many states, at most the batch's capacity
     */
    @HotPath
    public void step(LstmBatch batch, int count) {
        prepare(batch, count);
        for (int layer = 0; layer < layers; layer++) {
            if (layer > 0) {
                input[layer].multiplyAdd(batch.hidden[layer - 1], batch.gates[layer], count);
            }
            for (int k = 0; k < count; k++) {
                LstmState state = batch.states[k];
                if (layer == 0) {
                    addInput(state, batch.kinds[k], batch.times[k], batch.pitches[k], batch.velocities[k]);
                }
                Activation.advanceCell(state.gates[layer], state.cell[layer], state.hidden[layer]);
                state.prepared = false;
            }
        }
    }

    /** Skips states that are prepared already, as all are at the first step of a roll-out. */
    private void prepare(LstmBatch batch, int count) {
        int prepared = 0;
        for (int k = 0; k < count; k++) {
            prepared += batch.states[k].prepared ? 1 : 0;
        }
        if (prepared > 0) {
            for (int k = 0; k < count; k++) {
                prepare(batch.states[k]);
            }
            return;
        }
        for (int layer = 0; layer < layers; layer++) {
            for (int k = 0; k < count; k++) {
                float[] gates = batch.gates[layer][k];
                System.arraycopy(bias[layer], 0, gates, 0, gates.length);
            }
            recurrent[layer].multiplyAdd(batch.hidden[layer], batch.gates[layer], count);
        }
    }

    private void addInput(LstmState state, int kind, int time, int pitch, int velocity) {
        float[] gates = state.gates[0];
        Rows.add(firstInput[KIND][kind], gates);
        Rows.add(firstInput[TIME][time], gates);
        Rows.add(firstInput[PITCH][pitch], gates);
        Rows.add(firstInput[VELOCITY][velocity], gates);
        for (int field = 0; placeWeights != null && field < PLACE_FIELDS; field++) {
            Rows.add(placeInput[field][state.place[field]], gates);
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
        System.arraycopy(headBias[head], 0, logits, 0, headBias[head].length);
        headWeights[head].multiplyAddPositive(activation, logits);
        if (head == TIME && placeWeights != null && state.sureness > 0) {
            addPlace(placeWeights, state, logits);
        }
    }

    /**
     * Each gap's logit gets what the network thinks of the part of the beat in which it would land, between two parts in
     * proportion: so that what is said of gaps is as sharp as the beat is.
     */
    private void addPlace(Matrix weights, LstmState state, float[] logits) {
        int phases = placeBias.length;
        float[] byPhase = state.byPhase;
        System.arraycopy(placeBias, 0, byPhase, 0, phases);
        weights.multiplyAddPositive(state.head, byPhase);
        // Rounding may make a landing the very end of the beat.
        byPhase[phases] = byPhase[0];
        byPhase[phases + 1] = byPhase[0];
        for (int bin = 0; bin < state.landings.length; bin++) {
            int part = (int) state.landings[bin];
            float share = state.landings[bin] - part;
            logits[bin] += state.sureness * (byPhase[part] + share * (byPhase[part + 1] - byPhase[part]));
        }
    }
}
