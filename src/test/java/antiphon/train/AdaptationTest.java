package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

class AdaptationTest {
    private static final StackedLstm NETWORK = network();

    private static StackedLstm network() {
        ModelFile file = RandomModel.withPlaces(8, 16, 2, 4);
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.put(
                CacheWeights.KEY,
                CacheWeights.of(0.1, 1, 0.5, 0.3, 1.5, 0.3, 0.5, 0.3, 0.5, 0.3).toString());
        return new StackedLstm(new ModelFile(file.tensors(), metadata));
    }

    private static Piece piece(String name, int seed, String group) {
        return new Piece(name, TestPieces.random(seed, 60), List.of(), group);
    }

    /** Who plays the same piece again is understood better the second time. */
    @Test
    void shouldGainWhereASessionRepeatsItself() {
        Adaptation adaptation =
                Adaptation.of(NETWORK, List.of(piece("monday/a", 1, ""), piece("monday/b", 1, ""), piece("c", 7, "")));
        assertThat(adaptation.sessions()).isEqualTo(1);
        assertThat(adaptation.gained()).isEqualTo(1);
        assertThat(adaptation.places()).hasSize(1);
        assertThat(adaptation.all().pieces()).isEqualTo(1);
        assertThat(adaptation.all().gain()).isGreaterThan(0.5);
    }

    /** Without the session's memory it is what eval --memory measures. */
    @Test
    void shouldCountEachPieceAloneAsEvalDoes() {
        Piece second = piece("y", 2, "bach");
        Adaptation adaptation = Adaptation.of(NETWORK, List.of(piece("x", 1, "bach"), second));
        assertThat(adaptation.all().alone())
                .isCloseTo(Evaluation.of(NETWORK, List.of(second), true).bitsPerNote(), within(1e-9));
        assertThat(adaptation.all().notes()).isEqualTo(60);
    }

    @Test
    void shouldKeepSessionsApartAndSumUpByPlace() {
        Adaptation adaptation = Adaptation.of(
                NETWORK,
                List.of(
                        piece("1", 1, "a"),
                        piece("2", 2, "b"),
                        piece("3", 3, "a"),
                        piece("4", 4, "b"),
                        piece("5", 5, "a")));
        assertThat(adaptation.sessions()).isEqualTo(2);
        assertThat(adaptation.places()).extracting(Adaptation.Place::pieces).containsExactly(2, 1);
        assertThat(adaptation.places()).extracting(Adaptation.Place::from).containsExactly(2, 3);
        Adaptation first = Adaptation.of(NETWORK, List.of(piece("2", 2, "b"), piece("4", 4, "b")));
        Adaptation second = Adaptation.of(NETWORK, List.of(piece("1", 1, "a"), piece("3", 3, "a")));
        assertThat(adaptation.places().getFirst().remembering())
                .isCloseTo((first.all().remembering() + second.all().remembering()) / 2, within(1e-9));
    }

    @Test
    void shouldSayInOneLineThatThereIsNoSession() {
        assertThatThrownBy(() -> Adaptation.of(NETWORK, List.of(piece("a/1", 1, ""), piece("b/1", 2, ""))))
                .isInstanceOf(TrainException.class)
                .hasMessageStartingWith("corpus: no two pieces by one performer or in one folder;");
    }
}
