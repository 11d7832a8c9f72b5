package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.Piece;
import antiphon.corpus.Score;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import antiphon.train.Evaluation;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponseGainTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(8, 12, 1, 5));
    private static final Exchanges EXCHANGES = MadeUpMusic.exchanges(30);

    @Test
    void shouldRetrieveEveryCallForAnOracleAndNoneForItsOpposite() {
        int[] clusters = IntStream.range(0, 20).toArray();
        ResponseGain oracle = ResponseGain.of(Collections.nCopies(20, pair(10, 11)), clusters);
        assertThat(oracle.retrieval().value()).isEqualTo(1);
        assertThat(oracle.above().value()).isEqualTo(1);
        assertThat(oracle.gain().value()).isCloseTo(1, within(1e-12));
        ResponseGain deaf = ResponseGain.of(Collections.nCopies(20, pair(10, 10)), clusters);
        assertThat(deaf.retrieval().value()).isZero();
        assertThat(deaf.above().value()).isZero();
    }

    private static ResponseGain.Pair pair(double bitsTrue, double bitsSwapped) {
        return new ResponseGain.Pair(bitsTrue, Collections.nCopies(ResponseGain.DISTRACTORS, bitsSwapped));
    }

    @Test
    void shouldCountTheBitsThatEvaluationCounts() {
        Phrase call = EXCHANGES.chosen().getFirst().call();
        Likelihood likelihood = new Likelihood(MODEL);
        double first = likelihood.bits(call, EXCHANGES.chosen().getFirst().answer());
        assertThat(likelihood.bits(call, EXCHANGES.chosen().getFirst().answer()))
                .isEqualTo(first);
        // After nothing but the end of an empty phrase, against the same events counted by Evaluation, less that end.
        Phrase empty = new Phrase(0, 0, 0, List.of());
        Score score = evaluated(EXCHANGES.chosen().getFirst().answer());
        Score end = evaluated(List.of(MadeUpMusic.note(Voice.ANSWER, 0, 1, 60, 64)));
        double notes = EXCHANGES.chosen().getFirst().answer().size();
        double endBits =
                end.bitsPerNote() - likelihood.bits(empty, List.of(MadeUpMusic.note(Voice.ANSWER, 0, 1, 60, 64)));
        assertThat(likelihood.bits(empty, EXCHANGES.chosen().getFirst().answer()))
                .isCloseTo(score.bitsPerNote() * notes - endBits, within(1e-6));
    }

    private static Score evaluated(List<Note> answer) {
        return Evaluation.of(MODEL, List.of(new Piece("answer", new Performance(answer, List.of(0L)))));
    }

    @Test
    void shouldMatchCallsOfOtherPiecesInKeyAndRegister() {
        Matching matching = new Matching(EXCHANGES.all());
        for (Exchange exchange : EXCHANGES.chosen()) {
            Traits wanted = Traits.of(exchange.call().notes());
            Traits nearest = Traits.of(matching.nearest(exchange, 9).getFirst().notes());
            assertThat(nearest.key()).isEqualTo(wanted.key());
            assertThat(nearest.register()).isBetween(wanted.register() - 7, wanted.register() + 7);
            assertThat(nearest.notes()).isNotEqualTo(exchange.call().notes());
        }
    }

    @Test
    void shouldSayInOneLineThatNothingIsThereToSwapWith() {
        List<Piece> one = MadeUpMusic.pieces(1, 60);
        Exchanges exchanges = Exchanges.of(one, 20, 700 * MadeUpMusic.MILLI);
        assertThatThrownBy(() -> ResponseGain.of(MODEL, exchanges, done -> {}))
                .isInstanceOf(JudgeException.class)
                .hasMessageContaining("0 calls of pieces other than made up 0; 9 needed");
    }
}
