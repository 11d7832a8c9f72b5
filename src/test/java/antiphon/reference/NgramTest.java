package antiphon.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.corpus.Score;
import antiphon.corpus.TestPieces;
import antiphon.model.StackedLstm;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NgramTest {
    private static final int TRIES = 25;

    @Property(tries = TRIES)
    void shouldGiveProbabilitiesThatSumToOneInAnyContext(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int place,
            @ForAll @DoubleRange(max = 2) double leastWorth) {
        List<int[]> heard = heard(seed);
        Ngram ngram = Ngram.count(FieldPlan.FIVE_GRAM, heard, leastWorth);
        // Half of the contexts were heard, half are made up.
        int[] known = window(heard.getFirst(), place);
        int[] unknown = window(TestPieces.events(seed, 400), place);
        for (int field = 0; field < Vocabulary.FIELDS; field++) {
            assertThat(sum(ngram, field, known)).isCloseTo(1, within(1e-9));
            assertThat(sum(ngram, field, unknown)).isCloseTo(1, within(1e-9));
        }
    }

    @Property(tries = TRIES)
    void shouldFindMoreProbableWhatItHasHeard(@ForAll long seed) {
        int[] piece = Encoder.encode(TestPieces.random(seed, 60));
        List<int[]> others = new ArrayList<>(heard(seed + 1));
        double before = bits(Ngram.count(FieldPlan.FIVE_GRAM, others, 0), piece);
        others.add(piece);
        double after = bits(Ngram.count(FieldPlan.FIVE_GRAM, others, 0), piece);
        assertThat(after).isLessThan(before);
    }

    @Property(tries = TRIES)
    void shouldNotLookAtWhatIsToBeForeseenNorBeyondFourEvents(@ForAll long seed) {
        int[] window = window(TestPieces.events(seed, 20), 10);
        int[] other = window.clone();
        for (int field = Vocabulary.FIELDS - 1; field >= 0; field--) {
            // From here on, the event has another value of this field and of those chosen later.
            other[0] = withField(other[0], field, (Event.field(other[0], field) + 1) % 7);
            for (ContextShape shape : FieldPlan.FIVE_GRAM.get(field).contexts()) {
                assertThat(shape.hash(other)).as("%s of %s", shape, field).isEqualTo(shape.hash(window));
                assertThat(shape.symbol(3, other)).isEqualTo(shape.symbol(3, window));
            }
        }
        assertThat(window).hasSize(5);
    }

    @Test
    void shouldCountAsTheNetworkIsCounted() {
        // Nothing was heard: every value as likely as any other, as for a network of zeros in EvaluationTest.
        Ngram nothing = Ngram.count(FieldPlan.FIVE_GRAM, List.of(), 0);
        int[] piece = Encoder.encode(TestPieces.repetitive(1, 2));

        Score score = nothing.score(Stream.of(piece));

        assertThat(score.notes()).isEqualTo(2);
        assertThat(score.events()).isEqualTo(4);
        assertThat(score.kind()).isCloseTo(4 * log2(7) / 2, within(1e-6));
        assertThat(score.time()).isCloseTo(4 * log2(82) / 2, within(1e-6));
        assertThat(score.pitch()).isCloseTo(4 * 7 / 2.0, within(1e-6));
        assertThat(score.velocity()).isCloseTo(2 * 5 / 2.0, within(1e-6));
    }

    @Test
    void shouldCountSmoothedUnigramsAsByHand() {
        // Four events of two kinds: Witten-Bell leaves 2 of 6 to the uniform distribution over 7 kinds.
        Ngram unigram = Ngram.count(FieldPlan.UNIGRAM, List.of(Encoder.encode(TestPieces.repetitive(1, 2))), 0);
        int[] window = window(new int[] {Event.PIECE_START}, 0);

        assertThat(unigram.fields().get(StackedLstm.KIND).probability(Event.HUMAN_ON, window))
                .isCloseTo(2 / 6.0 + 2 / 6.0 / 7, within(1e-9));
        assertThat(unigram.fields().get(StackedLstm.KIND).probability(Event.TICK, window))
                .isCloseTo(2 / 6.0 / 7, within(1e-9));
    }

    @Test
    void shouldForeseeARepeatedFigureInAnotherKeyBetterThanAUnigram() {
        List<int[]> figures = Stream.of(3, 4, 5, 6)
                .map(seed -> Encoder.encode(TestPieces.repetitive(seed, 200)))
                .toList();
        int[] higher = Encoder.encode(TestPieces.repetitive(3, 200)).clone();
        for (int i = 0; i < higher.length; i++) {
            higher[i] = withField(higher[i], StackedLstm.PITCH, Event.pitch(higher[i]) + 2);
        }
        double unigram = Ngram.count(FieldPlan.UNIGRAM, figures, 0)
                .score(Stream.of(higher))
                .pitch();
        double fiveGram = Ngram.count(FieldPlan.FIVE_GRAM, figures, 0)
                .score(Stream.of(higher))
                .pitch();
        assertThat(fiveGram).isLessThan(0.5 * unigram);
    }

    @Test
    void shouldLeaveOutWhatIsNotWorthItsRoom() {
        List<int[]> heard = heard(1);

        assertThat(Ngram.count(FieldPlan.FIVE_GRAM, heard, 1).size())
                .isLessThan(Ngram.count(FieldPlan.FIVE_GRAM, heard, 0).size() / 2);
    }

    static List<int[]> heard(long seed) {
        return List.of(
                Encoder.encode(TestPieces.random(seed, 200)), Encoder.encode(TestPieces.repetitive((int) seed, 200)));
    }

    private static int[] window(int[] events, int place) {
        EventWindow window = new EventWindow();
        for (int i = 0; i < place; i++) {
            window.with(events[i]);
        }
        return window.with(events[place]).clone();
    }

    private static double sum(Ngram ngram, int field, int[] window) {
        BackoffChain chain = ngram.fields().get(field);
        double sum = 0;
        for (int value = 0; value < chain.values(); value++) {
            double probability = chain.probability(value, window);
            assertThat(probability).isPositive();
            sum += probability;
        }
        return sum;
    }

    private static double bits(Ngram ngram, int[] piece) {
        return ngram.score(Stream.of(piece)).bitsPerNote();
    }

    private static int withField(int event, int field, int value) {
        int shift = field * 8;
        return (event & ~(0xFF << shift)) | (value << shift);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
