package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VariationTest {
    /** Intervals: +2 +2 +1 +2 -7. */
    private static final Line CALL = Tunes.line(60, 62, 64, 65, 67, 60);

    private static Variation of(int... answer) {
        return Variation.of(CALL, Tunes.line(answer));
    }

    @Test
    void shouldBeNothingForAQuotationInAnyKey() {
        assertThat(of(60, 62, 64, 65, 67, 60)).isEqualTo(new Variation(1, 0));
        assertThat(of(67, 69, 71, 72, 74, 67)).isEqualTo(new Variation(1, 0));
    }

    @Test
    void shouldCostAHalfWhereAMotifMovesWithinItsKey() {
        // +2 +1 +2 +2 -7 from D: the second and the third step are a semitone off: 2 * 0.5 of 5.
        assertThat(of(62, 64, 65, 67, 69, 62)).isEqualTo(new Variation(1, 0.2));
    }

    @Test
    void shouldCostAWholeForAnotherInterval() {
        // +2 +2 +1 +2 +5: the fall has become a rise.
        assertThat(of(60, 62, 64, 65, 67, 72)).isEqualTo(new Variation(1, 0.2));
        // Without the second step, and one added at the end: +2 +1 +2 -7 +3.
        assertThat(of(60, 62, 63, 65, 58, 61)).isEqualTo(new Variation(1, 0.4));
    }

    @Test
    void shouldNotTakeUpWhatIsTooFarAway() {
        Variation other = of(60, 55, 67, 59, 66, 61);
        assertThat(other.takenUp()).isZero();
        assertThat(other.distance()).isNaN();
        // Seven notes: the quotation, then +2 +1 +2 -7 +12, which lacks one and adds one.
        Variation mean = of(60, 62, 64, 65, 67, 60, 72);
        assertThat(mean.takenUp()).isEqualTo(1);
        assertThat(mean.distance()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void shouldTakeOneRepeatedPitchForNoFigure() {
        Line repeated = Tunes.line(60, 60, 60, 60, 60, 60, 60);
        assertThat(Variation.of(CALL, repeated).takenUp()).isZero();
        assertThat(Variation.of(repeated, CALL).takenUp()).isNaN();
        assertThat(Variation.of(Tunes.line(60, 62), CALL).takenUp()).isNaN();
        assertThat(Variation.of(CALL, Tunes.line(60, 62)).takenUp()).isZero();
    }
}
