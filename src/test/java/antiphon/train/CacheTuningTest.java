package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.corpus.Piece;
import antiphon.corpus.TestPieces;
import antiphon.model.CacheWeights;
import antiphon.model.ModelFile;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CacheTuningTest {
    private static final ModelFile FILE = RandomModel.of(8, 16, 2, 4);

    @Test
    void shouldTrustTheMemoryWhereMusicRepeatsItself() {
        List<Piece> pieces = TestPieces.corpus(8, 120).pieces();

        CacheTuning.Result result = CacheTuning.tune(new StackedLstm(FILE), pieces, done -> {});

        // An untrained network knows nothing of a figure of four notes; the memory knows it after one turn.
        assertThat(result.bitsBefore().get(1)).isGreaterThan(6);
        assertThat(result.bitsAfter().get(1)).isLessThan(3);
        StackedLstm tuned = tunedBy(result.weights());
        assertThat(Evaluation.of(tuned, pieces, true).pitch())
                .isLessThan(Evaluation.of(tuned, pieces, false).pitch() - 2);
    }

    @Test
    void shouldLeaveTheNetworkAloneWhereNothingComesBack() {
        List<Piece> pieces = List.of(
                new Piece("a", TestPieces.random(1, 150)),
                new Piece("b", TestPieces.random(2, 150)),
                new Piece("c", TestPieces.random(3, 150)),
                new Piece("d", TestPieces.random(4, 150)));

        CacheTuning.Result result = CacheTuning.tune(new StackedLstm(FILE), pieces, done -> {});

        assertThat(result.bitsAfter().get(1)).isLessThan(result.bitsBefore().get(1) + 0.3);
    }

    @Test
    void shouldJudgeTheBareNetworkUnlessAskedForItsMemory() {
        List<Piece> pieces = TestPieces.corpus(2, 60).pieces();
        StackedLstm tuned = tunedBy(CacheWeights.of(0.1, 1, 1, 0.3, 1, 0.3, 1, 0.3, 1, 0.3));

        assertThat(Evaluation.of(tuned, pieces)).isEqualTo(Evaluation.of(new StackedLstm(FILE), pieces));
        assertThat(Evaluation.of(tuned, pieces, true).kind())
                .isEqualTo(Evaluation.of(tuned, pieces).kind());
        assertThat(Evaluation.of(new StackedLstm(FILE), pieces, true)).isEqualTo(Evaluation.of(tuned, pieces));
    }

    @Test
    void shouldSayWhenThereIsTooLittleToTuneOn() {
        List<Piece> one = List.of(new Piece("a", TestPieces.random(1, 100)));

        assertThatThrownBy(() -> CacheTuning.tune(new StackedLstm(FILE), one, done -> {}))
                .isInstanceOf(TrainException.class)
                .hasMessage("corpus: 1 piece to tune on, too few or too short; two of 16 notes and more needed."
                        + " Name another folder.");
    }

    private static StackedLstm tunedBy(CacheWeights weights) {
        Map<String, String> metadata = new TreeMap<>(FILE.metadata());
        metadata.put(CacheWeights.KEY, weights.toString());
        return new StackedLstm(new ModelFile(FILE.tensors(), metadata));
    }
}
