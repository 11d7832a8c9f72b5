package antiphon.train;

import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The network as Deeplearning4j trains it: weights, what it remembers of each lane, and the gradient of one window.
 *
 * <p>One thread. Native memory is freed by the garbage collector.
 */
final class Network {
    // Deeplearning4j's own words, in LSTM and BaseRecurrentLayer.
    private static final String MEMORY_ACTIVATION = "prevAct";
    private static final String MEMORY_CELL = "prevMem";

    private final NetworkShape shape;
    private final Graph graph;

    /** A new network with weights drawn at random from the seed. */
    Network(NetworkShape shape, double dropout, int window, long seed) {
        this.shape = shape;
        graph = new Graph(NetworkGraph.of(shape, dropout, window, seed));
        graph.init();
        graph.initGradientsView();
    }

    NetworkShape shape() {
        return shape;
    }

    /** Deeplearning4j's own view, for its names of parameters and their gradients. */
    ComputationGraph graph() {
        return graph;
    }

    /** All weights as one row, in Deeplearning4j's order; changing it changes the network. */
    INDArray weights() {
        return graph.params().reshape(graph.numParams());
    }

    /**
     * Hears a window and computes the gradient of its loss per event; remembers where it was for the next window.
     *
     * @param step decides what is dropped, so that a resumed training drops the same
     * @return loss in nats per event
     */
    double learn(Batch batch, long step) {
        Nd4j.getRandom().setSeed(step * 0x9E3779B97F4A7C15L + 1);
        forget(batch);
        setData(batch);
        graph.setLayerMaskArrays(null, counted(batch));
        graph.computeGradientAndScore();
        graph.clearLayerMaskArrays();
        graph.remember();
        gradient().divi((double) batch.lanes() * batch.window());
        return graph.score() / batch.window();
    }

    /** The gradient that {@link #learn} left, per event, in the order of {@link #weights}. */
    INDArray gradient() {
        return graph.getFlattenedGradients().reshape(graph.numParams());
    }

    private void setData(Batch batch) {
        INDArray[] labels = new INDArray[Vocabulary.FIELDS];
        for (int field = 0; field < labels.length; field++) {
            labels[field] = perEvent(batch, batch.field(field, 1));
        }
        graph.setInputs(inputs(batch));
        graph.setLabels(labels);
    }

    /** What the graph is given to hear and to predict from, in the order of {@link NetworkGraph}. */
    INDArray[] inputs(Batch batch) {
        List<INDArray> inputs = new ArrayList<>();
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            inputs.add(perEvent(batch, batch.field(field, 0)));
        }
        for (int field = 0; field < Vocabulary.FIELDS - 1; field++) {
            inputs.add(perEvent(batch, batch.field(field, 1)));
        }
        if (shape.places()) {
            for (int field = 0; field < Place.FIELDS; field++) {
                inputs.add(perEvent(batch, batch.place(field)));
            }
            long[] perBin = {batch.lanes(), Vocabulary.TIME_BINS, batch.window()};
            inputs.add(Nd4j.create(batch.landings(), perBin, 'c'));
            inputs.add(perEvent(batch, batch.sureness()));
        }
        return inputs.toArray(INDArray[]::new);
    }

    private static INDArray perEvent(Batch batch, float[] values) {
        return Nd4j.create(values, new long[] {batch.lanes(), 1, batch.window()}, 'c');
    }

    /** Per head, [lane][step]: 1 where its prediction counts. */
    private static INDArray[] counted(Batch batch) {
        INDArray[] counted = new INDArray[Vocabulary.FIELDS];
        for (int field = 0; field < counted.length; field++) {
            counted[field] = Nd4j.create(batch.counted(field), new long[] {batch.lanes(), batch.window()}, 'c');
        }
        return counted;
    }

    /** The lanes' memories where a dialogue begins. */
    private void forget(Batch batch) {
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (INDArray memory : memory(layer).values()) {
                for (int lane = 0; lane < batch.lanes(); lane++) {
                    if (batch.isFresh(lane)) {
                        memory.getRow(lane).assign(0);
                    }
                }
            }
        }
    }

    private Map<String, INDArray> memory(int layer) {
        Map<String, INDArray> memory = graph.rnnGetPreviousState("lstm." + layer);
        return memory == null ? Map.of() : memory;
    }

    /** What the lanes remember, as tensors {@code memory.<layer>.prevAct} and {@code .prevMem}, [lane][unit]. */
    Map<String, Tensor> memories() {
        Map<String, Tensor> tensors = new TreeMap<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "memory." + layer + ".";
            memory(layer).forEach((part, values) -> tensors.put(name + part, tensor(values)));
        }
        return tensors;
    }

    /** Takes up memories that {@link #memories} gave. */
    void remember(ModelFile file) {
        for (int layer = 0; layer < shape.layers(); layer++) {
            String name = "memory." + layer + ".";
            if (file.tensors().containsKey(name + MEMORY_CELL)) {
                graph.remember(
                        "lstm." + layer,
                        Map.of(
                                MEMORY_ACTIVATION, array(file.tensor(name + MEMORY_ACTIVATION)),
                                MEMORY_CELL, array(file.tensor(name + MEMORY_CELL))));
            }
        }
    }

    /** The weights under the names of a model file, row-major. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new TreeMap<>();
        graph.paramTable().forEach((name, values) -> tensors.put(fileName(name), tensor(values)));
        return tensors;
    }

    /** Other weights of the same network, as one row, under the names of a model file. */
    Map<String, Tensor> tensors(INDArray weights) {
        INDArray own = weights().dup();
        weights().assign(weights);
        Map<String, Tensor> tensors = tensors();
        weights().assign(own);
        return tensors;
    }

    /** Takes over the weights of a model file of the same shape. */
    void load(ModelFile file) {
        graph.paramTable().forEach((name, values) -> {
            Tensor tensor = file.tensor(fileName(name));
            if (tensor.values().length != values.length()) {
                throw new TrainException("model: " + fileName(name) + " has " + tensor.values().length + " values; "
                        + values.length() + " expected. It was trained in another size.");
            }
            values.assign(Nd4j.create(tensor.values(), values.shape(), 'c'));
        });
    }

    /** Deeplearning4j calls lstm.0_RW what the file calls lstm.0.r. Biases are rows there and vectors in the file. */
    private static String fileName(String name) {
        int end = name.lastIndexOf('_');
        String layer = name.substring(0, end);
        String parameter = name.substring(end + 1);
        if (layer.startsWith("embed.") || layer.startsWith("condition.")) {
            return layer;
        }
        return layer
                + switch (parameter) {
                    case "W" -> ".w";
                    case "RW" -> ".r";
                    default -> ".b";
                };
    }

    private static Tensor tensor(INDArray array) {
        float[] values = array.dup('c').reshape(array.length()).toFloatVector();
        return array.rank() == 2 && array.size(0) > 1
                ? Tensor.matrix((int) array.size(0), (int) array.size(1), values)
                : Tensor.vector(values);
    }

    private static INDArray array(Tensor tensor) {
        int rows = tensor.shape().length == 2 ? tensor.shape()[0] : 1;
        return Nd4j.create(tensor.values(), new long[] {rows, tensor.values().length / rows}, 'c');
    }

    /** Opens what Deeplearning4j needs for truncated backpropagation over windows that we cut ourselves. */
    private static final class Graph extends ComputationGraph {
        private static final long serialVersionUID = 1L;

        Graph(ComputationGraphConfiguration configuration) {
            super(configuration);
            // Otherwise the backward pass forgets what the forward pass has left for the next window.
            setClearTbpttState(false);
        }

        /** Carries the memory of the last window over to the next. */
        void remember() {
            rnnUpdateStateWithTBPTTState();
        }

        /** The forward pass takes a layer's memory from one place, the backward pass from another. */
        void remember(String layer, Map<String, INDArray> memory) {
            RecurrentLayer recurrent = (RecurrentLayer) getLayer(layer);
            recurrent.rnnSetPreviousState(memory);
            recurrent.rnnSetTBPTTState(memory);
        }

        /**
         * Deeplearning4j 1.0.0-M2.1 passes false here whatever the configuration says, and so computes each window's
         * gradient as if the network had remembered nothing before it.
         */
        @Override
        protected void calcBackpropGradients(boolean clearLayers, boolean truncated, INDArray... epsilons) {
            super.calcBackpropGradients(clearLayers, true, epsilons);
        }
    }
}
