package antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CriticWeightsTest {
    private static ModelFile with(String critic) {
        ModelFile file = RandomModel.of(8, 12, 1, 5);
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.put(CriticWeights.KEY, critic);
        return new ModelFile(file.tensors(), metadata);
    }

    @Test
    void shouldComeBackFromAModelFile() {
        double[] values = new double[CriticWeights.COUNT];
        values[3] = -1.25;
        String text = CriticWeights.of(values).toString();
        assertThat(new StackedLstm(with(text)).criticWeights().orElseThrow().get(3))
                .isEqualTo(-1.25);
        assertThat(new StackedLstm(RandomModel.of(8, 12, 1, 5)).criticWeights()).isEmpty();
    }

    @Test
    void shouldRefuseAnythingElseInOneLine() {
        for (String broken : new String[] {"", "1 2", "1 2 x", "NaN" + " 1".repeat(19)}) {
            assertThatThrownBy(() -> new StackedLstm(with(broken)))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("critic is \"" + broken + "\"; 20 numbers expected. Run: antiphon model tune");
        }
    }
}
