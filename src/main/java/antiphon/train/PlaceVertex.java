package antiphon.train;

import java.io.Serial;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds to each gap's logit what the network thinks of the part of the beat in which it would land, as
 * {@link antiphon.model.StackedLstm} does. Inputs, all [lane][…][step]: the logits of the time bins; what is thought of
 * each phase; where each bin would land, in phases; how sure the pulse is, 0 to 1. The last two have no gradient.
 */
final class PlaceVertex extends GraphVertex {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int INPUTS = 4;

    @Override
    public GraphVertex clone() {
        return new PlaceVertex();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlaceVertex;
    }

    @Override
    public int hashCode() {
        return PlaceVertex.class.hashCode();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return INPUTS;
    }

    @Override
    public int maxVertexInputs() {
        return INPUTS;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph, String name, int index, INDArray params, boolean initialise, DataType type) {
        return new Running(graph, name, index, type);
    }

    @Override
    public InputType getOutputType(int layer, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        throw new UnsupportedOperationException("not needed to train");
    }

    /** The vertex of one graph. */
    @SuppressWarnings("overrides") // Deeplearning4j's base class takes an array where its interface takes varargs.
    private static final class Running extends BaseGraphVertex {
        @Serial
        private static final long serialVersionUID = 1L;

        Running(ComputationGraph graph, String name, int index, DataType type) {
            super(graph, name, index, null, null, type);
        }

        @Override
        public boolean hasLayer() {
            return false;
        }

        @Override
        public org.deeplearning4j.nn.api.@Nullable Layer getLayer() {
            return null;
        }

        @Override
        public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
            float[] logits = floats(inputs[0]);
            float[] byPhase = floats(inputs[1]);
            forEach((logit, below, above, share, sureness) ->
                    logits[logit] += sureness * (byPhase[below] + share * (byPhase[above] - byPhase[below])));
            return workspaces.leverageTo(ArrayType.ACTIVATIONS, Nd4j.create(logits, inputs[0].shape(), 'c'));
        }

        @Override
        @SuppressWarnings("NullAway") // No weights and no gradient of inputs is null in Deeplearning4j.
        public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
            float[] error = floats(epsilon);
            float[] byPhase = new float[(int) inputs[1].length()];
            forEach((logit, below, above, share, sureness) -> {
                byPhase[below] += sureness * (1 - share) * error[logit];
                byPhase[above] += sureness * share * error[logit];
            });
            INDArray ofPhases = Nd4j.create(byPhase, inputs[1].shape(), 'c');
            return new Pair<>(null, new INDArray[] {
                workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon),
                workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, ofPhases),
                null,
                null
            });
        }

        private static float[] floats(INDArray array) {
            return array.dup('c').reshape(array.length()).toFloatVector();
        }

        /** Visits every gap of every step where there is a pulse. */
        private void forEach(Visitor visitor) {
            float[] landings = floats(inputs[2]);
            float[] sureness = floats(inputs[3]);
            int bins = (int) inputs[2].size(1);
            int phases = (int) inputs[1].size(1);
            int steps = (int) inputs[2].size(2);
            for (int i = 0; i < sureness.length; i++) {
                int lane = i / steps;
                int step = i % steps;
                for (int bin = 0; sureness[i] > 0 && bin < bins; bin++) {
                    int logit = (lane * bins + bin) * steps + step;
                    int part = (int) landings[logit];
                    int below = (lane * phases + part % phases) * steps + step;
                    int above = (lane * phases + (part + 1) % phases) * steps + step;
                    visitor.visit(logit, below, above, landings[logit] - part, sureness[i]);
                }
            }
        }

        @Override
        public void setBackpropGradientsViewArray(INDArray gradients) {
            throw new UnsupportedOperationException("it has no weights");
        }

        @Override
        @SuppressWarnings("NullAway") // No mask is null in Deeplearning4j.
        public Pair<INDArray, MaskState> feedForwardMaskArrays(
                INDArray @Nullable [] masks, MaskState state, int lanes) {
            return new Pair<>(masks == null ? null : masks[0], state);
        }

        @Override
        public String toString() {
            return "PlaceVertex " + getVertexName();
        }
    }

    /** Takes indices into the arrays of logits and phases, how far the landing is from the lower phase, and sureness. */
    @FunctionalInterface
    private interface Visitor {
        void visit(int logit, int below, int above, float share, float sureness);
    }
}
