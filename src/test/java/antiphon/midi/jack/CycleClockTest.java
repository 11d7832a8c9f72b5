package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CycleClockTest {
    private static final long START = 5_000_000_000_000L;
    private static final long MICROS = START / 1000;

    @Property
    void shouldFindEachInputFrameAgainFromItsTime(
            @ForAll @IntRange(min = 1, max = 8192) int frames,
            @ForAll @LongRange(min = 5, max = 200) long frameMicros,
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long startMicros,
            @ForAll @LongRange(min = -1_000_000_000, max = 1_000_000_000) long offset,
            @ForAll @IntRange(max = 8191) int anyFrame) {
        CycleClock clock = new CycleClock();
        clock.begin(startMicros, startMicros + frames * frameMicros + 7, offset, frames);
        int frame = anyFrame % frames;
        assertThat(clock.inputFrame(clock.inputNanos(frame))).isEqualTo(frame);
        assertThat(clock.outputFrame(clock.outputNanos(frame))).isEqualTo(frame);
    }

    /** However long the cycles take: what answers a note is as far behind it as thru, and one cycle. */
    @Property
    void shouldAnswerAtTheFrameOfTheCause(
            @ForAll @IntRange(min = 1, max = 8192) int frames,
            @ForAll @LongRange(min = 100, max = 200_000) long firstMicros,
            @ForAll @LongRange(min = 100, max = 200_000) long secondMicros,
            @ForAll @LongRange(min = 0, max = 1_000) long gapMicros,
            @ForAll @IntRange(max = 8191) int anyFrame) {
        int frame = anyFrame % frames;
        long frameful = frames * 5L;
        CycleClock clock = new CycleClock();
        long start = MICROS;
        clock.begin(start, start + frameful + firstMicros, 0, frames);
        long cause = clock.inputNanos(frame);
        start += frameful + firstMicros + gapMicros;
        clock.begin(start, start + frameful + secondMicros, 0, frames);
        assertThat(clock.answerFrame(cause)).isEqualTo(frame);
        assertThat(clock.answerFrame(clock.inputNanos(0) + 1_000_000_000L))
                .as("still to come")
                .isEqualTo(frames);
        start += frameful + secondMicros;
        clock.begin(start, start + frameful + secondMicros, 0, frames);
        start += frameful + secondMicros;
        clock.begin(start, start + frameful + secondMicros, 0, frames);
        assertThat(clock.answerFrame(cause)).as("too late").isNegative();
    }

    /** Also while the two clocks drift apart. */
    @Property
    void shouldGiveEveryMomentToExactlyOneCycle(
            @ForAll @IntRange(min = 16, max = 1024) int frames,
            @ForAll @LongRange(max = 4_000_000) long after,
            @ForAll @LongRange(min = -1000, max = 1000) long driftNanos) {
        long span = frames * 21L;
        CycleClock clock = new CycleClock();
        int cyclesThatTakeIt = 0;
        long offset = 0;
        for (long start = MICROS - 2 * span; start < MICROS + 5_000 + span; start += span) {
            clock.begin(start, start + span, offset, frames);
            offset += driftNanos;
            int frame = clock.outputFrame(START + after);
            cyclesThatTakeIt += frame >= 0 && frame < frames ? 1 : 0;
        }
        assertThat(cyclesThatTakeIt).isEqualTo(1);
    }

    @Test
    void shouldPlaceArrivalInTheWindowBeforeTheCycle() {
        CycleClock clock = new CycleClock();
        clock.begin(MICROS, MICROS + 1_280, 0, 128);
        clock.begin(MICROS + 1_280, MICROS + 2_573, 0, 128);
        assertThat(clock.inputNanos(0)).isEqualTo(START);
        assertThat(clock.inputNanos(127)).isEqualTo(START + 1_270_000);
        assertThat(clock.outputNanos(0)).isEqualTo(START + 1_280_000);
    }

    @Test
    void shouldShiftByOnePeriodWhereCyclesDoNotFollow() {
        CycleClock clock = new CycleClock();
        clock.begin(MICROS, MICROS + 1_280, 0, 128);
        clock.begin(MICROS + 9_000, MICROS + 10_280, 0, 128);
        assertThat(clock.inputNanos(0)).isEqualTo(START + 9_000_000 - 1_280_000);
        clock.begin(MICROS + 10_280, MICROS + 10_920, 0, 64);
        assertThat(clock.inputNanos(0)).isEqualTo(START + 9_000_000 + 640_000);
    }

    @Test
    void shouldTellPastAndFutureWithoutOverflow() {
        CycleClock clock = new CycleClock();
        clock.begin(MICROS, MICROS + 1_280, 0, 128);
        assertThat(clock.outputFrame(0)).isNegative();
        assertThat(clock.outputFrame(START - 10_000)).isNegative();
        assertThat(clock.outputFrame(START + 1_280_000)).isEqualTo(128);
        assertThat(clock.outputFrame(Long.MAX_VALUE)).isEqualTo(128);
    }
}
