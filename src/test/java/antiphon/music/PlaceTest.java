package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PlaceTest {
    /** Half of the step of the scale of periods, which is a factor of 10 in 511. */
    private static final double PERIOD_ERROR = 0.0023;

    @Property
    void shouldKeepAllThatItIsMadeOf(
            @ForAll @IntRange(max = 81) int since,
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double phase,
            @ForAll @DoubleRange(min = Place.SHORTEST_NANOS, max = Place.LONGEST_NANOS) double periodNanos,
            @ForAll @DoubleRange(min = 0.1, max = 1) double confidence,
            @ForAll @IntRange(min = 1, max = 7) int steps) {
        int place = Place.of(since, phase, periodNanos, confidence, steps);

        assertThat(Place.field(place, 0)).isEqualTo(since);
        assertThat(Place.field(place, 1)).isCloseTo((int) (phase * Place.PHASES), within(1));
        assertThat(Place.field(place, 2)).isBetween(0, Place.TEMPOS - 1);
        assertThat(Place.sure(place)).isEqualTo((int) Math.rint(confidence * 7)).isEqualTo(Place.field(place, 3));
        assertThat(Place.field(place, 4)).isEqualTo(steps);
        assertThat(Place.periodNanos(place)).isCloseTo(periodNanos, within(PERIOD_ERROR * periodNanos));
        for (int field = 0; field < Place.FIELDS; field++) {
            assertThat(Place.field(place, field)).isBetween(0, Place.fieldSize(field) - 1);
        }
    }

    @Property
    void shouldSayWhereAGapLands(
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double phase,
            @ForAll @DoubleRange(min = 0.3e9, max = 1.3e9) double periodNanos,
            @ForAll @DoubleRange(max = 2) double beats) {
        int place = Place.of(0, phase, periodNanos, 1, 2);

        double landing = Place.landing(place, Math.round(beats * periodNanos));

        double off = Math.IEEEremainder(landing - phase - beats, 1);
        assertThat(landing).isBetween(0.0, 1.0);
        assertThat(Math.abs(off)).isLessThan(1.0 / 1024 + 2 * PERIOD_ERROR);
    }

    @Example
    void shouldHaveNoBeatWithoutAPulse() {
        int place = Place.of(12, 0.5, 0.5e9, 0.05, 2);

        assertThat(place).isEqualTo(Place.free(12));
        assertThat(Place.of(12, 0.5, 2.1e9, 1, 2)).isEqualTo(Place.free(12));
        assertThat(Place.field(place, 1)).isEqualTo(Place.NO_PHASE);
        assertThat(Place.field(place, 2)).isEqualTo(Place.NO_TEMPO);
        assertThat(Place.field(place, 3)).isZero();
        assertThat(Place.field(place, 4)).isZero();
    }
}
