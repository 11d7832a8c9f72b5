package antiphon.train;

import antiphon.model.StackedLstm;
import antiphon.music.Place;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network's topology in Deeplearning4j's words; {@link antiphon.model.StackedLstm} is the same in ours.
 *
 * <pre>
 * in.kind in.time in.pitch in.velocity        the event heard, one index each
 *    └──embed.*──┴── sum ── lstm.0 ── lstm.1 ─┬─ relu ── head.kind
 *                                             ├─ + condition.time.kind ── relu ─┬─ head.time ─┐
 *                                             │                                 └─ place ───── + ── loss.time
 *                                             ├─ + condition.pitch.{kind,time} ── relu ── head.pitch
 *                                             └─ + condition.velocity.{kind,time,pitch} ── relu ── head.velocity
 * next.kind next.time next.pitch              the fields of the next event that are already chosen
 * in.{since,phase,tempo,sureness,steps}       where in the beat the event fell; summed like its fields
 * landings, sureness                          where in the beat the next event would land, and how sure that is
 * </pre>
 */
final class NetworkGraph {
    private NetworkGraph() {}

    /**
     * The configuration of a graph.
     *
     * @param dropout share of each LSTM layer's inputs that is dropped while training; 0 for none
     * @param window steps of a training window
     */
    static ComputationGraphConfiguration of(NetworkShape shape, double dropout, int window, long seed) {
        // The weights' updates are ours (see Adam), because they must be clipped as a whole and resumable.
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new NoOp())
                .weightInit(WeightInit.XAVIER)
                .graphBuilder();
        addInputs(graph, shape);
        for (int layer = 0; layer < shape.layers(); layer++) {
            int inputs = layer == 0 ? shape.embedding() : shape.hidden();
            LSTM.Builder lstm = new LSTM.Builder()
                    .nIn(inputs)
                    .nOut(shape.hidden())
                    .activation(Activation.TANH)
                    // NCW on every layer: otherwise fit throws a false "sequence lengths do not match".
                    .dataFormat(RNNFormat.NCW);
            if (dropout > 0) {
                // Deeplearning4j wants the share that is kept.
                lstm.dropOut(1 - dropout);
            }
            graph.addLayer("lstm." + layer, lstm.build(), layer == 0 ? "sum" : "lstm." + (layer - 1));
        }
        for (int head = 0; head < Vocabulary.FIELDS; head++) {
            addHead(graph, shape, head);
        }
        graph.setOutputs("head.kind", shape.places() ? "loss.time" : "head.time", "head.pitch", "head.velocity");
        return graph.backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(window)
                .build();
    }

    /** In the order in which {@link Network#inputs} gives them. */
    private static void addInputs(GraphBuilder graph, NetworkShape shape) {
        List<String> embeddings = new ArrayList<>();
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            embeddings.add(embed(graph, shape, Vocabulary.fieldName(field), Vocabulary.fieldSize(field)));
        }
        for (int field = 0; field < Vocabulary.FIELDS - 1; field++) {
            graph.addInputs("next." + Vocabulary.fieldName(field));
        }
        if (shape.places()) {
            for (int field = 0; field < Place.FIELDS; field++) {
                embeddings.add(embed(graph, shape, Place.fieldName(field), Place.fieldSize(field)));
            }
            graph.addInputs("landings", "sureness");
        }
        graph.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), embeddings.toArray(String[]::new));
    }

    /** Gives the name of the layer. */
    private static String embed(GraphBuilder graph, NetworkShape shape, String name, int values) {
        graph.addInputs("in." + name);
        graph.addLayer("embed." + name, embedding(values, shape.embedding()), "in." + name);
        return "embed." + name;
    }

    private static void addHead(GraphBuilder graph, NetworkShape shape, int head) {
        String name = Vocabulary.fieldName(head);
        String source = "lstm." + (shape.layers() - 1);
        if (head > 0) {
            List<String> terms = new ArrayList<>(List.of(source));
            for (int field = 0; field < head; field++) {
                String condition = "condition." + name + "." + Vocabulary.fieldName(field);
                graph.addLayer(
                        condition,
                        embedding(Vocabulary.fieldSize(field), shape.hidden()),
                        "next." + Vocabulary.fieldName(field));
                terms.add(condition);
            }
            source = "sum." + name;
            graph.addVertex(source, new ElementWiseVertex(ElementWiseVertex.Op.Add), terms.toArray(String[]::new));
        }
        graph.addLayer(
                "relu." + name,
                new ActivationLayer.Builder().activation(Activation.RELU).build(),
                source);
        if (shape.places() && head == StackedLstm.TIME) {
            addPlace(graph, shape);
            return;
        }
        graph.addLayer(
                "head." + name,
                new RnnOutputLayer.Builder()
                        .nIn(shape.hidden())
                        .nOut(Vocabulary.fieldSize(head))
                        .dataFormat(RNNFormat.NCW)
                        .lossFunction(LossFunction.SPARSE_MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build(),
                "relu." + name);
    }

    /** The head for time where the network knows places. */
    private static void addPlace(GraphBuilder graph, NetworkShape shape) {
        graph.addLayer("head.time", dense(shape.hidden(), Vocabulary.TIME_BINS, WeightInit.XAVIER), "relu.time");
        graph.addLayer("place", dense(shape.hidden(), Place.PHASES, WeightInit.ZERO), "relu.time");
        graph.addVertex("placed.time", new PlaceVertex(), "head.time", "place", "landings", "sureness");
        RnnLossLayer.Builder loss = new RnnLossLayer.Builder();
        loss.lossFunction(LossFunction.SPARSE_MCXENT)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NCW);
        graph.addLayer("loss.time", loss.build(), "placed.time");
    }

    private static TimeDistributed dense(int inputs, int outputs, WeightInit weights) {
        return new TimeDistributed(
                new DenseLayer.Builder()
                        .nIn(inputs)
                        .nOut(outputs)
                        .weightInit(weights)
                        .activation(Activation.IDENTITY)
                        .build(),
                RNNFormat.NCW);
    }

    private static EmbeddingSequenceLayer embedding(int values, int width) {
        return new EmbeddingSequenceLayer.Builder()
                .nIn(values)
                .nOut(width)
                .inferInputLength(true)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .outputDataFormat(RNNFormat.NCW)
                .build();
    }
}
