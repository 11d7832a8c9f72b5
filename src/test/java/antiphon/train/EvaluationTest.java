package antiphon.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.corpus.TestPieces;
import antiphon.model.ModelFile;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.model.Tensor;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Vocabulary;
import antiphon.music.Voice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void shouldCountAKnowNothingNetworkAsByHand() {
        Note first = new Note(Voice.HUMAN, 0, 100 * MILLI, 60, 64);
        Note second = new Note(Voice.HUMAN, 200 * MILLI, 1_000 * MILLI, 64, 80);

        Score score = Evaluation.of(nothing(), List.of(piece(first, second)));

        // Four events: two on (all fields), two off (no velocity). Only the off after 1 s has a bin wider than 10 ms.
        double grid = log2(Vocabulary.widthNanos(Vocabulary.timeBin(1_000 * MILLI)) / 10e6);
        assertThat(score.notes()).isEqualTo(2);
        assertThat(score.events()).isEqualTo(4);
        assertThat(score.kind()).isCloseTo(4 * log2(7) / 2, within(1e-6));
        assertThat(score.time()).isCloseTo((4 * log2(82) + grid) / 2, within(1e-6));
        assertThat(score.pitch()).isCloseTo(4 * 7 / 2.0, within(1e-6));
        assertThat(score.velocity()).isCloseTo(2 * 5 / 2.0, within(1e-6));
        assertThat(grid).isBetween(2.0, 2.8);
    }

    @Test
    void shouldCountSilenceWithoutPitchOrVelocity() {
        Note late = new Note(Voice.HUMAN, 4_100 * MILLI, 100 * MILLI, 60, 64);

        Score score = Evaluation.of(nothing(), List.of(piece(late)));

        assertThat(score.events()).isEqualTo(3);
        assertThat(score.pitch()).isCloseTo(2 * 7, within(1e-6));
        assertThat(score.time()).isCloseTo(3 * log2(82), within(1e-6));
    }

    @Test
    void shouldShowTheTimeOfSteadyMusicSeparately() {
        StackedLstm network = new StackedLstm(RandomModel.withPlaces(8, 16, 2, 4));
        Piece steady = new Piece("steady", TestPieces.repetitive(3, 60));
        Piece free = new Piece("free", TestPieces.random(1, 50));

        Score score = Evaluation.of(network, List.of(steady, free));

        Score.Times times = Objects.requireNonNull(score.times());
        assertThat(times.steadyNotes()).isBetween(40L, 60L);
        double together = times.steadyNotes() * times.steady() + (110 - times.steadyNotes()) * times.free();
        assertThat(together).isCloseTo(110 * score.time(), within(1e-6));
        assertThat(times.steady()).isNotCloseTo(times.free(), within(1e-3));
    }

    @Test
    void shouldBeginEveryPieceWithAnEmptyMemory() {
        StackedLstm network = new StackedLstm(RandomModel.of(8, 16, 2, 4));
        Piece piece = new Piece("a", TestPieces.random(1, 50));
        Piece other = new Piece("b", TestPieces.random(2, 50));

        double alone = Evaluation.of(network, List.of(piece)).bitsPerNote();
        double otherAlone = Evaluation.of(network, List.of(other)).bitsPerNote();

        assertThat(Evaluation.of(network, List.of(piece, other)).bitsPerNote())
                .isCloseTo((alone + otherAlone) / 2, within(1e-9));
    }

    @Test
    void shouldGiveMachinesTheFieldsThatAddUp() {
        Map<String, Object> map = Evaluation.of(nothing(), List.of(new Piece("a", TestPieces.random(1, 20))))
                .toMap();

        assertThat(map.keySet()).containsExactly("notes", "bitsPerNote", "fields", "times");
        assertThat(map.get("notes")).isEqualTo(20L);
        assertThat(map.get("fields"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("kind", "time", "pitch", "velocity");
    }

    @Test
    void shouldRefuseAModelOfAnotherVocabulary() {
        ModelFile file = RandomModel.of(4, 8, 1, 1);
        Map<String, Tensor> tensors = new TreeMap<>(file.tensors());
        tensors.put("embed.velocity", Tensor.matrix(17, 4, new float[17 * 4]));
        tensors.put("head.velocity.w", Tensor.matrix(8, 17, new float[17 * 8]));
        tensors.put("head.velocity.b", Tensor.vector(new float[17]));
        StackedLstm network = new StackedLstm(new ModelFile(tensors, file.metadata()));

        assertThatThrownBy(() -> Evaluation.of(network, List.of()))
                .isInstanceOf(TrainException.class)
                .hasMessageStartingWith("model: 17 values of velocity; this build has 33.");
    }

    private static Piece piece(Note... notes) {
        return new Piece("by hand", Performance.of(List.of(notes)));
    }

    private static StackedLstm nothing() {
        ModelFile random = RandomModel.of(4, 8, 1, 1);
        Map<String, Tensor> zero = new TreeMap<>();
        random.tensors()
                .forEach(
                        (name, tensor) -> zero.put(name, Tensor.of(tensor.shape(), new float[tensor.values().length])));
        return new StackedLstm(new ModelFile(zero, random.metadata()));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
