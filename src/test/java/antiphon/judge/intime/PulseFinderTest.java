package antiphon.judge.intime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.music.Note;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PulseFinderTest {
    /** Quarters and eighths, uneven by some milliseconds. */
    private static List<Note> melody(double eighthMillis, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] places = {0, 2, 3, 4, 6, 8, 9, 10, 12, 13, 14, 16, 18, 20, 21, 22, 24};
        return InTimeScoreTest.notes(
                IntStream.of(places).mapToDouble(place -> 137 + place * eighthMillis + random.nextDouble(-10, 10)));
    }

    @Property(tries = 100)
    void shouldFindTheStepOfSteadyMelodies(
            @ForAll @DoubleRange(min = 190, max = 450) double eighthMillis, @ForAll @LongRange(min = 0) long seed) {
        SteadyPulse pulse =
                PulseFinder.find(melody(eighthMillis, seed)).orElseThrow(() -> new AssertionError("none found"));
        assertThat(pulse.stepNanos() / 1e6).isCloseTo(eighthMillis, within(0.01 * eighthMillis));
        for (int place = 0; place < 25; place++) {
            assertThat(Math.abs(pulse.offStepNanos((137 + place * eighthMillis) * 1e6)))
                    .isLessThan(25e6);
        }
        assertThat(pulse.swing()).isNaN();
        assertThat(pulse.beatNanos()).isBetween(375e6, 950e6);
    }

    @Test
    void shouldTakeTheBeatThatMostOnsetsAreOn() {
        SteadyPulse pulse = PulseFinder.find(melody(250, 1)).orElseThrow();
        assertThat(pulse.stepsPerBeat()).isEqualTo(2);
        assertThat(Math.abs(pulse.offBeatNanos(137e6))).isLessThan(20e6);
    }

    @Test
    void shouldFindNoPulseInRandomOnsets() {
        SplittableRandom random = new SplittableRandom(3);
        long found = IntStream.range(0, 200)
                .mapToObj(i -> PulseFinder.find(InTimeScoreTest.notes(random.doubles(25, 0, 7_000))))
                .filter(Optional::isPresent)
                .count();
        assertThat(found).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldFindNoPulseInTooFewOnsets() {
        assertThat(PulseFinder.find(melody(250, 1).subList(0, 11))).isEmpty();
        assertThat(PulseFinder.find(List.of())).isEmpty();
    }
}
