package antiphon.train;

import antiphon.model.ModelFile;
import antiphon.model.Tensor;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The Adam optimiser (Kingma and Ba 2015) over all weights as one row, with the gradient clipped as a whole.
 *
 * <p>Why not Deeplearning4j's own: it clips layer by layer, and its state can only be saved together with the network
 * by Java serialisation.
 */
final class Adam {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final INDArray mean;
    private final INDArray square;

    Adam(long weights) {
        mean = Nd4j.zeros(weights);
        square = Nd4j.zeros(weights);
    }

    /**
     * Moves the weights against the gradient.
     *
     * @param gradient overwritten
     * @param longest a longer gradient is shortened to this
     * @param step updates so far, for the bias correction
     */
    void update(INDArray weights, INDArray gradient, double rate, double longest, long step) {
        double length = gradient.norm2Number().doubleValue();
        if (!Double.isFinite(length)) {
            // A window whose gradient overflowed is skipped, because it would spoil the averages from then on.
            return;
        }
        if (length > longest) {
            gradient.muli(longest / length);
        }
        Nd4j.getExecutioner()
                .exec(new AdamUpdater(gradient, square, mean, rate, BETA_1, BETA_2, EPSILON, Math.toIntExact(step)));
        weights.subi(gradient);
    }

    Map<String, Tensor> tensors() {
        return Map.of(
                "adam.mean", Tensor.vector(mean.toFloatVector()), "adam.square", Tensor.vector(square.toFloatVector()));
    }

    void load(ModelFile file) {
        mean.assign(Nd4j.createFromArray(file.tensor("adam.mean").values()));
        square.assign(Nd4j.createFromArray(file.tensor("adam.square").values()));
    }
}
