package antiphon.midi;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CycleClockTest {
    private static final long START = 5_000_000_000_000L;

    @Property
    void shouldFindEachInputFrameAgainFromItsTime(
            @ForAll @IntRange(min = 1, max = 8192) int frames,
            @ForAll @LongRange(min = 5000, max = 200_000) long frameNanos,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long start,
            @ForAll @IntRange(max = 8191) int anyFrame) {
        CycleClock clock = new CycleClock();
        clock.begin(start, frames * frameNanos + 777, frames);
        int frame = anyFrame % frames;
        assertThat(clock.inputFrame(clock.inputNanos(frame))).isEqualTo(frame);
        assertThat(clock.outputFrame(clock.outputNanos(frame))).isEqualTo(frame);
    }

    @Property
    void shouldGiveEveryMomentToExactlyOneCycle(
            @ForAll @IntRange(min = 16, max = 1024) int frames, @ForAll @LongRange(max = 4_000_000) long after) {
        long span = frames * 20_833L;
        CycleClock clock = new CycleClock();
        int cyclesThatTakeIt = 0;
        for (long start = START - span; start < START + 5_000_000 + span; start += span) {
            clock.begin(start, span, frames);
            int frame = clock.outputFrame(START + after);
            cyclesThatTakeIt += frame >= 0 && frame < frames ? 1 : 0;
        }
        assertThat(cyclesThatTakeIt).isEqualTo(1);
    }

    @Test
    void shouldPlaceArrivalInTheWindowBeforeTheCycle() {
        CycleClock clock = new CycleClock();
        clock.begin(START, 1_280_000, 128);
        clock.begin(START + 1_280_000, 1_293_000, 128);
        assertThat(clock.inputNanos(0)).isEqualTo(START);
        assertThat(clock.inputNanos(127)).isEqualTo(START + 1_270_000);
        assertThat(clock.outputNanos(0)).isEqualTo(START + 1_280_000);
    }

    @Test
    void shouldShiftByOnePeriodWhereCyclesDoNotFollow() {
        CycleClock clock = new CycleClock();
        clock.begin(START, 1_280_000, 128);
        clock.begin(START + 9_000_000, 1_280_000, 128);
        assertThat(clock.inputNanos(0)).isEqualTo(START + 9_000_000 - 1_280_000);
        clock.begin(START + 9_000_000 + 1_280_000, 640_000, 64);
        assertThat(clock.inputNanos(0)).isEqualTo(START + 9_000_000 + 640_000);
    }

    @Test
    void shouldTellPastAndFutureWithoutOverflow() {
        CycleClock clock = new CycleClock();
        clock.begin(START, 1_280_000, 128);
        assertThat(clock.outputFrame(0)).isNegative();
        assertThat(clock.outputFrame(START - 10_000)).isNegative();
        assertThat(clock.outputFrame(START + 1_280_000)).isEqualTo(128);
        assertThat(clock.outputFrame(Long.MAX_VALUE)).isEqualTo(128);
    }
}
