package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.improv.listen.Pulse;
import antiphon.music.Vocabulary;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final long MILLI = 1_000_000L;
    private static final long BEAT_NANOS = 500 * MILLI;

    private final Grid grid = new Grid();

    /** A pulse that is certain, with this many onsets a beat from 0 on; those on the beat are low. */
    private static Pulse pulse(int perBeat) {
        Pulse pulse = new Pulse();
        long now = 0;
        for (int i = 0; i < 24; i++) {
            now = i * BEAT_NANOS / perBeat;
            pulse.hear(i % perBeat == 0 ? 40 : 72, 80, now);
        }
        pulse.find(now);
        assertThat(pulse.confidence()).isEqualTo(1);
        assertThat(pulse.stepsPerBeat()).isEqualTo(perBeat);
        return pulse;
    }

    private static Dials dials(int percent) {
        Dials dials = new Dials(Settings.standard(Mode.CALL));
        dials.set(Control.GRID, percent);
        return dials;
    }

    private static double off(long nanos, long periodNanos) {
        return Math.abs(Math.IEEEremainder((double) nanos, (double) periodNanos));
    }

    private float[] biases(long clockNanos) {
        float[] logits = new float[Vocabulary.TIME_BINS];
        grid.weigh(clockNanos);
        grid.add(logits);
        return logits;
    }

    private void assertChangesNothing() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            long nanos = random.nextLong(20_000 * MILLI);
            assertThat(grid.pulled(nanos, nanos - random.nextLong(2_000 * MILLI), 0))
                    .isEqualTo(nanos);
            assertThat(biases(nanos)).containsOnly(0);
        }
    }

    @Test
    void shouldLetGoOfAPulseThatIsGone() {
        assertChangesNothing();
        grid.hold(pulse(2), dials(100), false);
        grid.hold(new Pulse(), dials(100), false);
        assertChangesNothing();
    }

    @Test
    void shouldChangeNothingAtNoPercentNorWithoutAPulse() {
        grid.hold(pulse(2), dials(0), false);
        assertChangesNothing();
        grid.hold(new Pulse(), dials(100), false);
        assertChangesNothing();
    }

    /** A long gap is drawn by bins that are wide; where in the bin the note lies, the beat says. */
    @Property(tries = 500)
    void shouldMoveANoteAsFarAsTheDrawnGapLeavesOpenAtNoPercent(
            @ForAll @LongRange(min = 12_000_000_000L, max = 20_000_000_000L) long dueNanos,
            @ForAll @LongRange(max = 400_000_000L) long openNanos) {
        grid.hold(pulse(2), dials(0), false);
        long pulled = grid.pulled(dueNanos, 0, openNanos);
        double before = off(dueNanos, BEAT_NANOS / 2);
        assertThat(off(pulled, BEAT_NANOS / 2)).isCloseTo(Math.max(0, before - openNanos / 2.0), within(5e6));
        assertThat(Math.abs(pulled - dueNanos)).isLessThanOrEqualTo(openNanos / 2 + 1);
        grid.hold(new Pulse(), dials(0), false);
        assertThat(grid.pulled(dueNanos, 0, openNanos)).isEqualTo(dueNanos);
    }

    @Test
    void shouldSayWhichNotesFallOnABeat() {
        grid.hold(pulse(2), dials(0), false);
        assertThat(grid.isOnBeat(30 * BEAT_NANOS + 30 * MILLI)).isTrue();
        assertThat(grid.isOnBeat(30 * BEAT_NANOS - 30 * MILLI)).isTrue();
        assertThat(grid.isOnBeat(30 * BEAT_NANOS + BEAT_NANOS / 2)).isFalse();
        grid.hold(new Pulse(), dials(100), false);
        assertThat(grid.isOnBeat(30 * BEAT_NANOS)).isFalse();
    }

    @Property(tries = 500)
    void shouldPutEveryNoteOnAStepAndNoneIntoThePast(
            @ForAll @LongRange(min = 12_000_000_000L, max = 20_000_000_000L) long soonestNanos,
            @ForAll @LongRange(max = 3_000_000_000L) long gapNanos) {
        grid.hold(pulse(2), dials(100), false);
        long pulled = grid.pulled(soonestNanos + gapNanos, soonestNanos, 0);
        assertThat(pulled).isGreaterThanOrEqualTo(soonestNanos);
        assertThat(off(pulled, BEAT_NANOS / 2)).isLessThan(5 * MILLI);
        assertThat(pulled).isBetween(soonestNanos, soonestNanos + gapNanos + BEAT_NANOS / 2);
    }

    @Property(tries = 500)
    void shouldPullNearerTheHigherThePercent(
            @ForAll @LongRange(min = 12_000_000_000L, max = 20_000_000_000L) long dueNanos,
            @ForAll @IntRange(max = 100) int one,
            @ForAll @IntRange(max = 100) int other) {
        Pulse pulse = pulse(2);
        grid.hold(pulse, dials(Math.min(one, other)), false);
        double loose = off(grid.pulled(dueNanos, 0, 0), BEAT_NANOS / 2);
        grid.hold(pulse, dials(Math.max(one, other)), false);
        double tight = off(grid.pulled(dueNanos, 0, 0), BEAT_NANOS / 2);
        assertThat(tight).isLessThanOrEqualTo(loose + 2);
        assertThat(loose).isLessThanOrEqualTo(off(dueNanos, BEAT_NANOS / 2) + 2);
    }

    /** What is drawn for the same step as a note that lies a little after it does not wait for the next step. */
    @Property(tries = 500)
    void shouldKeepTheNotesOfAChordTogether(
            @ForAll @LongRange(min = 12_000_000_000L, max = 20_000_000_000L) long dueNanos,
            @ForAll @IntRange(min = 80, max = 100) int percent,
            @ForAll @IntRange(max = 20) int laterMillis) {
        grid.hold(pulse(2), dials(percent), false);
        long first = grid.pulled(dueNanos, 0, 0);
        long second = grid.pulled(first + laterMillis * MILLI, first, 0);
        assertThat(second).isBetween(first, first + (laterMillis + 10) * MILLI);
    }

    @Test
    void shouldFavourGapsThatEndOnAStep() {
        grid.hold(pulse(2), dials(80), false);
        // 60 ms after a step: the next ones are 190 and 440 ms away.
        float[] biases = biases(20_060 * MILLI);
        int best = Vocabulary.timeBin(190 * MILLI);
        assertThat(biases[best]).isCloseTo(0, within(0.05f));
        for (int bin = 0; bin < Vocabulary.TICK_BIN; bin++) {
            assertThat(biases[bin]).isLessThanOrEqualTo(biases[best]);
        }
        assertThat(biases[Vocabulary.timeBin(440 * MILLI)]).isCloseTo(0, within(0.05f));
        assertThat(biases[Vocabulary.timeBin(65 * MILLI)])
                .as("between two steps")
                .isLessThan(-3.5f);
        assertThat(biases[Vocabulary.TICK_BIN]).isZero();
    }

    @Test
    void shouldCountOnlyBeatsWhereAskedTo() {
        Pulse pulse = pulse(2);
        grid.hold(pulse, dials(100), true);
        for (long nanos = 12_000 * MILLI; nanos < 14_000 * MILLI; nanos += 37 * MILLI) {
            assertThat(off(grid.pulled(nanos, 0, 0), BEAT_NANOS)).isLessThan(5 * MILLI);
        }
        float[] biases = biases(20_000 * MILLI);
        assertThat(biases[Vocabulary.timeBin(500 * MILLI)]).isCloseTo(0, within(0.05f));
        assertThat(biases[Vocabulary.timeBin(250 * MILLI)]).isLessThan(-3.5f);
        grid.hold(pulse, dials(100), false);
        assertThat(biases(20_000 * MILLI)[Vocabulary.timeBin(250 * MILLI)]).isCloseTo(0, within(0.05f));
    }

    @Test
    void shouldAnswerQuartersWithEighthsToo() {
        Pulse quarters = pulse(1);
        grid.hold(quarters, dials(100), false);
        assertThat(grid.pulled(20_240 * MILLI, 0, 0)).isCloseTo(20_250 * MILLI, within(MILLI));
        assertThat(biases(20_000 * MILLI)[Vocabulary.timeBin(250 * MILLI)]).isCloseTo(0, within(0.05f));
        grid.hold(quarters, dials(100), true);
        assertThat(grid.pulled(20_240 * MILLI, 0, 0)).isCloseTo(20_000 * MILLI, within(MILLI));
    }

    @Test
    void shouldAllocateNothing() {
        Pulse pulse = pulse(2);
        Dials dials = dials(80);
        float[] logits = new float[Vocabulary.TIME_BINS];
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        dials.set(Control.GRID, i % 101);
                        grid.hold(pulse, dials, i % 3 == 0);
                        grid.weigh(i * MILLI);
                        grid.add(logits);
                        grid.pulled(i * MILLI, 0, 0);
                    }
                }))
                .isZero();
    }
}
