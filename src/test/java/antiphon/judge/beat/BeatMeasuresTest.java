package antiphon.judge.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BeatMeasuresTest {
    private static final double[] TRUTH = beats(20, 0, 0.5);

    private static double[] beats(int count, double first, double period) {
        return IntStream.range(0, count).mapToDouble(i -> first + i * period).toArray();
    }

    private static void assertMeasures(double[] found, double near, double cmlt, double amlt) {
        assertThat(BeatMeasures.near(TRUTH, found)).as("near").isCloseTo(near, within(1e-9));
        assertThat(BeatMeasures.cmlt(TRUTH, found)).as("CMLt").isCloseTo(cmlt, within(1e-9));
        assertThat(BeatMeasures.amlt(TRUTH, found)).as("AMLt").isCloseTo(amlt, within(1e-9));
    }

    @Test
    void shouldBeOneIfAllIsRight() {
        assertMeasures(TRUTH, 1, 1, 1);
        assertMeasures(beats(20, 0.06, 0.5), 1, 1, 1);
    }

    @Test
    void shouldBeNoneIfNothingWasFound() {
        assertMeasures(new double[0], 0, 0, 0);
        assertMeasures(new double[] {1}, 0.05, 0, 0);
        assertThat(BeatMeasures.near(new double[0], TRUTH)).isZero();
        assertThat(BeatMeasures.near(new double[0], new double[0])).isZero();
        assertThat(BeatMeasures.amlt(new double[] {1}, TRUTH)).isZero();
        assertThat(BeatMeasures.amlt(new double[0], new double[0])).isZero();
    }

    @Test
    void shouldAllowOffBeatInOneMeasureOnly() {
        assertMeasures(beats(19, 0.25, 0.5), 0, 0, 1);
    }

    @Test
    void shouldAllowDoubleTempoInOneMeasureOnly() {
        // Of 39 beats every second is right, but none follows the one before at the true distance.
        assertMeasures(beats(39, 0, 0.25), 20.0 / 39, 0, 1);
    }

    @Test
    void shouldAllowHalfTempoOnEitherBeatInOneMeasureOnly() {
        assertMeasures(beats(10, 0, 1), 0.5, 0, 1);
        assertMeasures(beats(10, 0.5, 1), 0.5, 0, 1);
    }

    @Test
    void shouldNotAllowThirds() {
        assertThat(BeatMeasures.amlt(TRUTH, beats(13, 0, 0.75))).isZero();
        assertThat(BeatMeasures.amlt(TRUTH, beats(30, 0, 0.5 / 1.5))).isZero();
    }

    @Test
    void shouldCountAnErrorInTheMiddleAndTheIntervalAfterIt() {
        double[] found = TRUTH.clone();
        found[10] += 0.12;
        // The beat itself is wrong by its phase, the next by its distance from it.
        assertMeasures(found, 0.95, 0.9, 0.9);
    }

    @Test
    void shouldTolerateSoMuchOfABeatAndNoMore() {
        assertThat(BeatMeasures.cmlt(TRUTH, beats(20, 0.174 * 0.5, 0.5))).isEqualTo(1);
        assertThat(BeatMeasures.cmlt(TRUTH, beats(20, 0.176 * 0.5, 0.5))).isZero();
        assertThat(BeatMeasures.near(TRUTH, beats(20, 0.069, 0.5))).isEqualTo(1);
        assertThat(BeatMeasures.near(TRUTH, beats(20, 0.071, 0.5))).isZero();
    }

    @Test
    void shouldPayForBeatsTooMany() {
        double[] found = IntStream.range(0, 40)
                .mapToDouble(i -> Math.floorDiv(i, 2) * 0.5 + i % 2 * 0.01)
                .toArray();
        assertThat(BeatMeasures.near(TRUTH, found)).isEqualTo(0.5);
    }

    @Test
    void shouldCountWhatWasFoundOfTheSecondHalf() {
        assertMeasures(beats(10, 5, 0.5), 0.5, 0.5, 0.5);
    }
}
