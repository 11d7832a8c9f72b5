package antiphon.train;

import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights' exponential moving average (Polyak and Juditsky 1992): it often predicts better than the weights
 * themselves, which change with every update. One thread.
 */
final class MovingAverage {
    private static final String TENSOR = "average.weights";

    private final double decay;
    private final INDArray average;

    /**
     * Makes the average.
     *
     * @param decay share of the old average kept at each update; 0 for the weights themselves
     */
    MovingAverage(double decay, INDArray weights) {
        this.decay = decay;
        average = decay == 0 ? weights : weights.dup();
    }

    /** Takes in the weights after an update; early ones count little, because they are not good yet. */
    void follow(INDArray weights, long step) {
        if (decay > 0) {
            double kept = Math.min(decay, (1.0 + step) / (10.0 + step));
            average.muli(kept).addi(weights.mul(1 - kept));
        }
    }

    /** The average as one row. */
    INDArray weights() {
        return average;
    }

    Map<String, Tensor> tensors() {
        return decay == 0 ? Map.of() : Map.of(TENSOR, Tensor.vector(average.toFloatVector()));
    }

    /** Goes on from a checkpoint; from its weights, if it was written without an average. */
    void load(ModelFile file, INDArray weights) {
        if (decay > 0) {
            Tensor saved = file.tensors().get(TENSOR);
            average.assign(saved == null ? weights : Nd4j.createFromArray(saved.values()));
        }
    }
}
