package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.TestPieces;
import antiphon.model.ModelFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReplicasTest {
    private static final NetworkShape SHAPE = new NetworkShape(8, 16, 2);
    private static final int WINDOW = 12;

    @Test
    void shouldLearnTheSameFromHalvesAsFromTheWhole() {
        try (Replicas whole = replicas(0, 1);
                Replicas parts = replicas(0, 3)) {
            Lanes lanes = lanes();
            for (int step = 0; step < 6; step++) {
                Batch batch = lanes.next();
                double expected = whole.learn(batch, step);
                assertThat(parts.learn(batch, step)).isCloseTo(expected, within(1e-4));
                assertThat(parts.gradient().distance2(whole.gradient()))
                        .isLessThan(1e-3 * whole.gradient().norm2Number().doubleValue());
                whole.weights().subi(whole.gradient().mul(0.5));
                parts.weights().assign(whole.weights());
            }
        }
    }

    @Test
    void shouldGiveTheSameNumbersEveryTimeThoughThreadsDiffer() {
        INDArray once = gradientAfter(4);

        assertThat(gradientAfter(4)).isEqualTo(once);
    }

    @Test
    void shouldTakeUpWhatItRemembered() {
        try (Replicas going = replicas(0.2, 2);
                Replicas resumed = replicas(0.2, 2)) {
            Lanes lanes = lanes();
            for (int step = 0; step < 3; step++) {
                going.learn(lanes.next(), step);
            }
            ModelFile saved = new ModelFile(going.memories(), Map.of());
            resumed.remember(saved);
            Batch batch = lanes.next();

            assertThat(resumed.learn(batch, 3)).isEqualTo(going.learn(batch, 3));
            assertThat(resumed.gradient()).isEqualTo(going.gradient());
        }
    }

    @Test
    void shouldLeaveCopiesIdleThatHaveNoLane() {
        try (Replicas many = replicas(0, 7)) {
            assertThat(many.learn(lanes().next(), 0)).isPositive().isFinite();
        }
    }

    /** In a network of one layer only the embeddings can be dropped. */
    @Test
    void shouldDropEmbeddingsToo() {
        Batch batch = lanes().next();
        Network dropping = new Network(new NetworkShape(8, 16, 1), 0.5, WINDOW, 3);
        Network whole = new Network(new NetworkShape(8, 16, 1), 0, WINDOW, 3);

        assertThat(dropping.learn(batch, 1)).isNotCloseTo(dropping.learn(batch, 2), within(1e-6));
        assertThat(whole.learn(batch, 1)).isCloseTo(whole.learn(batch, 2), within(1e-6));
    }

    @Test
    void shouldFollowTheWeightsSlowly() {
        INDArray weights = Nd4j.createFromArray(0f, 0f);
        MovingAverage average = new MovingAverage(0.9, weights);
        weights.assign(1);

        average.follow(weights, 1_000_000);
        assertThat(average.weights().getDouble(0)).isCloseTo(0.1, within(1e-6));
        MovingAverage resumed = new MovingAverage(0.9, weights);
        resumed.load(new ModelFile(average.tensors(), Map.of()), weights);
        assertThat(resumed.weights()).isEqualTo(average.weights());
        assertThat(new MovingAverage(0, weights).weights()).isSameAs(weights);
    }

    private static INDArray gradientAfter(int steps) {
        try (Replicas network = replicas(0.2, 2)) {
            Lanes lanes = lanes();
            for (int step = 0; step < steps; step++) {
                network.learn(lanes.next(), step);
                network.weights().subi(network.gradient());
            }
            return network.gradient().dup();
        }
    }

    private static Lanes lanes() {
        return new Lanes(TestPieces.corpus(7, 90).pieces(), 5, WINDOW, 1);
    }

    private static Replicas replicas(double dropout, int count) {
        return new Replicas(SHAPE, dropout, WINDOW, 3, count);
    }
}
