package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FrameSlipTest {
    private static final int FRAMES = 256;
    private static final long SPAN_MICROS = 5_333;
    private static final double SPAN_NANOS = SPAN_MICROS * 1e3;

    private final CycleClock clock = new CycleClock();
    private final FrameSlip slip = new FrameSlip();
    private long startMicros = 77_000_000;
    private int frameTime = Integer.MAX_VALUE - 3 * FRAMES; // It overflows.

    private long cycle() {
        clock.begin(startMicros, startMicros + SPAN_MICROS, 0, FRAMES);
        long slipped = slip.follow(frameTime, clock);
        startMicros += SPAN_MICROS;
        frameTime += FRAMES;
        return slipped;
    }

    private void cycles(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(cycle()).isZero();
        }
    }

    @Property
    void shouldTellHowLongJackStood(@ForAll @LongRange(min = 1_400, max = 10_000_000) long stoodMicros) {
        cycles(10);
        startMicros += stoodMicros;
        assertThat((double) cycle()).isCloseTo(stoodMicros * 1e3, within(1e3));
        cycles(10);
    }

    @Property
    void shouldSayNothingWhereOnlyWeMissedCycles(@ForAll @IntRange(min = 1, max = 2_000) int missed) {
        cycles(10);
        startMicros += missed * SPAN_MICROS;
        frameTime += missed * FRAMES;
        cycles(10);
    }

    @Test
    void shouldTellOfAClockThatWasTooLate() {
        cycles(10);
        startMicros -= 3 * SPAN_MICROS;
        assertThat((double) cycle()).isCloseTo(-3 * SPAN_NANOS, within(1e3));
    }

    @Test
    void shouldBeginAnewWhereACycleIsNotKnown() {
        cycles(3);
        slip.forget();
        startMicros += 10 * SPAN_MICROS;
        cycles(3);
    }
}
