package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.part.Critic;
import antiphon.model.CriticWeights;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CriticTuningTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 5));

    /** Answers in the key of their calls, beside those of a network that knows nothing: that is not hard to learn. */
    @Test
    void shouldTellPeoplesAnswersFromThoseOfAnUntrainedNetworkAndKeepTheSignsOfTheUsualWeights() {
        List<Integer> progress = new ArrayList<>();
        CriticTuning.Result result = CriticTuning.tune(MODEL, MadeUpMusic.pieces(30, 3), Critic.usual(), progress::add);
        assertThat(result.calls()).isEqualTo(progress.size()).isGreaterThanOrEqualTo(20);
        assertThat(result.told()).isGreaterThan(0.8).isGreaterThanOrEqualTo(result.toldBefore());
        for (int i = 0; i < CriticWeights.COUNT; i++) {
            assertThat(result.weights().get(i) * Critic.usual().get(i))
                    .as("weight %d", i)
                    .isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void shouldRefuseTooLittleMusicInOneLine() {
        assertThatThrownBy(() -> CriticTuning.tune(MODEL, MadeUpMusic.pieces(2, 2), Critic.usual(), done -> {}))
                .isInstanceOf(JudgeException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1);
    }
}
