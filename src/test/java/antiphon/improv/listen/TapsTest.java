package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TapsTest {
    private static final long MILLI = 1_000_000L;

    private final Taps taps = new Taps();

    @Property
    void shouldKnowTheBeatThatIsTappedUnevenly(
            @ForAll @DoubleRange(min = 40, max = 240) double qpm,
            @ForAll @IntRange(min = 4, max = 20) int count,
            @ForAll @LongRange(min = 0, max = 999) long seed) {
        Taps tapped = new Taps();
        SplittableRandom random = new SplittableRandom(seed);
        double period = 60e9 / qpm;
        for (int i = 0; i < count; i++) {
            tapped.tap(Math.round(5e9 + i * period + random.nextDouble(-15e6, 15e6)));
        }
        assertThat(tapped.isKnown()).isTrue();
        assertThat(tapped.periodNanos()).isCloseTo(period, within(12e6));
        double off = Math.IEEEremainder(tapped.beatNanos() - 5e9 - (count - 1) * period, period);
        assertThat(off).isCloseTo(0, within(20e6));
    }

    @Test
    void shouldKnowNothingBeforeTheThirdTap() {
        for (int i = 0; i < 3; i++) {
            assertThat(taps.isKnown()).isFalse();
            taps.tap(i * 500L * MILLI);
            // A key that bounces.
            taps.tap(i * 500L * MILLI + 20 * MILLI);
        }
        assertThat(taps.isKnown()).isTrue();
        assertThat(taps.periodNanos()).isCloseTo(500 * MILLI, within(1.0));
        assertThat(taps.lastNanos()).isEqualTo(1_000 * MILLI);
        taps.forget();
        assertThat(taps.isKnown()).isFalse();
    }

    @Test
    void shouldBeginAnewAfterAGapOrInAnotherTempo() {
        for (int i = 0; i < 6; i++) {
            taps.tap(i * 500L * MILLI);
        }
        taps.tap(2_500 * MILLI + 800 * MILLI);
        assertThat(taps.isKnown()).isFalse();
        taps.tap(2_500 * MILLI + 1_600 * MILLI);
        assertThat(taps.isKnown()).isTrue();
        assertThat(taps.periodNanos()).isCloseTo(800 * MILLI, within(1.0));
        taps.tap(9_000 * MILLI);
        assertThat(taps.isKnown()).isFalse();
    }

    @Test
    void shouldAllocateNothing() {
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        taps.tap(i * 500L * MILLI);
                    }
                }))
                .isZero();
    }
}
