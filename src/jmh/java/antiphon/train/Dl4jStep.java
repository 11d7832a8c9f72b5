package antiphon.train;

import antiphon.model.Contender;
import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j's {@code rnnTimeStep} on the same weights. Not {@link NetworkGraph}: that has all four heads, and
 * nobody else in the table computes more than the kind head.
 */
public final class Dl4jStep implements Contender {
    private static final String[] FIELDS = {"kind", "time", "pitch", "velocity"};

    private final ComputationGraph graph;
    private final INDArray[] inputs = new INDArray[FIELDS.length];
    private INDArray[] outputs = new INDArray[0];

    public Dl4jStep(ModelFile file, int layers, int width) {
        graph = new ComputationGraph(configuration(file, layers, width).build());
        graph.init();
        graph.paramTable().forEach((name, values) -> {
            Tensor tensor = file.tensor(fileName(name));
            values.assign(Nd4j.create(tensor.values(), values.shape(), 'c'));
        });
        for (int field = 0; field < inputs.length; field++) {
            inputs[field] = Nd4j.zeros(1, 1, 1);
        }
    }

    private static GraphBuilder configuration(
            ModelFile file, int layers, int width) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder();
        int embedding = file.tensor("embed.kind").shape()[1];
        String[] embedded = new String[FIELDS.length];
        for (int field = 0; field < FIELDS.length; field++) {
            embedded[field] = "embed." + FIELDS[field];
            graph.addInputs("in." + FIELDS[field]);
            EmbeddingSequenceLayer layer = new EmbeddingSequenceLayer.Builder()
                    .nIn(file.tensor(embedded[field]).shape()[0])
                    .nOut(embedding)
                    .inferInputLength(true)
                    .hasBias(false)
                    .activation(Activation.IDENTITY)
                    .outputDataFormat(RNNFormat.NCW)
                    .build();
            graph.addLayer(embedded[field], layer, "in." + FIELDS[field]);
        }
        graph.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), embedded);
        for (int layer = 0; layer < layers; layer++) {
            LSTM lstm = new LSTM.Builder()
                    .nIn(layer == 0 ? embedding : width)
                    .nOut(width)
                    .activation(Activation.TANH)
                    .dataFormat(RNNFormat.NCW)
                    .build();
            graph.addLayer("lstm." + layer, lstm, layer == 0 ? "sum" : "lstm." + (layer - 1));
        }
        graph.addLayer(
                "relu",
                new ActivationLayer.Builder().activation(Activation.RELU).build(),
                "lstm." + (layers - 1));
        RnnOutputLayer head = new RnnOutputLayer.Builder(LossFunction.SPARSE_MCXENT)
                .nIn(width)
                .nOut(file.tensor("head.kind.b").values().length)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW)
                .build();
        return graph.addLayer("head.kind", head, "relu").setOutputs("head.kind");
    }

    /** As in {@link Network}: lstm.0_RW is the file's lstm.0.r. */
    private static String fileName(String name) {
        int end = name.lastIndexOf('_');
        String layer = name.substring(0, end);
        if (layer.startsWith("embed.")) {
            return layer;
        }
        return layer
                + switch (name.substring(end + 1)) {
                    case "W" -> ".w";
                    case "RW" -> ".r";
                    default -> ".b";
                };
    }

    @Override
    public String name() {
        return "Deeplearning4j rnnTimeStep";
    }

    @Override
    public void step(int kind, int time, int pitch, int velocity) {
        inputs[0].putScalar(0, kind);
        inputs[1].putScalar(0, time);
        inputs[2].putScalar(0, pitch);
        inputs[3].putScalar(0, velocity);
        outputs = graph.rnnTimeStep(inputs);
    }

    @Override
    public float[] kindLogits() {
        float[] logits = outputs[0].dup('c').reshape(outputs[0].length()).toFloatVector();
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(logits[i]);
        }
        return logits;
    }

    @Override
    public void close() {
        Arrays.fill(inputs, Nd4j.zeros(1, 1, 1));
    }
}
