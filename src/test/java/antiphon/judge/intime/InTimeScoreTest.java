package antiphon.judge.intime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InTimeScoreTest {
    private static final double MILLI = 1e6;

    /** Eighths of 250 ms, a beat at 100 ms. */
    private static final SteadyPulse PULSE = new SteadyPulse(500 * MILLI, 100 * MILLI, 2, 1);

    static List<Note> notes(DoubleStream onsetsMillis) {
        return onsetsMillis
                .mapToObj(millis -> new Note(Voice.ANSWER, Math.round(millis * MILLI), 100_000_000L, 60, 80))
                .toList();
    }

    private static List<Note> every(int count, double firstMillis, double periodMillis) {
        return notes(IntStream.range(0, count).mapToDouble(i -> firstMillis + i * periodMillis));
    }

    private static InTimeScore score(List<Note> answer) {
        return InTimeScore.of(PULSE, -200_000_000L, answer);
    }

    @Property(tries = 200)
    void shouldGiveFullMarksToASteadyAnswerInAnyTempo(
            @ForAll @DoubleRange(min = 60, max = 170) double beatsPerMinute,
            @ForAll @IntRange(min = 2, max = 4) int steps,
            @ForAll @DoubleRange(min = 0, max = 1) double phase,
            @ForAll @IntRange(min = 1, max = 4) int every) {
        double beat = 60e9 / beatsPerMinute;
        SteadyPulse pulse = new SteadyPulse(beat, phase * beat, steps, 1);
        double first = (phase + 1) * beat / MILLI;
        InTimeScore score = InTimeScore.of(pulse, 0, every(24, first, every * pulse.stepNanos() / MILLI));
        assertThat(score.resonance()).isCloseTo(1, within(1e-6));
        assertThat(score.inPhase()).isCloseTo(1, within(1e-6));
        assertThat(score.onGrid()).isEqualTo(1);
        assertThat(score.firstHalf()).isEqualTo(1);
        assertThat(score.secondHalf()).isEqualTo(1);
        assertThat(score.tempoRatio()).isCloseTo(1, within(0.01));
        assertThat(score.entersOnBeat()).isEqualTo(1);
        assertThat(score.delayNanos()).isCloseTo((1 + phase) * beat, within(1.0));
    }

    @Test
    void shouldGiveChanceToRandomOnsets() {
        SplittableRandom random = new SplittableRandom(5);
        int answers = 400;
        double[] sums = new double[5];
        for (int i = 0; i < answers; i++) {
            InTimeScore score = score(notes(random.doubles(20, 700, 6_700)));
            sums[0] += score.onGrid() / answers;
            sums[1] += score.inPhase() / answers;
            sums[2] += score.entersOnBeat() / answers;
            sums[3] += score.resonance() / answers;
            sums[4] += Math.abs(score.tempoRatio() - 1) < 0.03 ? 1.0 / answers : 0;
            assertThat(score.gridChance()).isCloseTo(0.28, within(1e-9));
            assertThat(score.entryChance()).isCloseTo(0.16, within(1e-9));
        }
        assertThat(sums[0]).isCloseTo(0.28, within(0.02));
        assertThat(sums[1]).isCloseTo(0, within(0.03));
        // Random onsets are evenly spread, but the first of twenty comes soon after the beat at 600 ms.
        assertThat(sums[2]).isLessThan(0.3);
        assertThat(sums[3]).isCloseTo(Math.sqrt(Math.PI / 80), within(0.03));
        assertThat(sums[4]).isLessThan(0.2);
    }

    @Test
    void shouldTellTempoFromPhase() {
        InTimeScore between = score(every(20, 725, 250));
        assertThat(between.resonance()).isCloseTo(1, within(1e-9));
        assertThat(between.inPhase()).isCloseTo(-1, within(1e-9));
        assertThat(between.onGrid()).isZero();
        assertThat(between.tempoRatio()).isCloseTo(1, within(0.01));
        assertThat(between.entersOnBeat()).isZero();
    }

    @Test
    void shouldMeasureTheTempo() {
        assertThat(score(every(30, 600, 250 / 1.1)).tempoRatio()).isCloseTo(1.1, within(0.005));
        assertThat(score(every(30, 600, 250 / 0.9)).tempoRatio()).isCloseTo(0.9, within(0.005));
        // Half and double time have the call's grid.
        assertThat(score(every(30, 600, 500)).tempoRatio()).isCloseTo(1, within(0.005));
        assertThat(score(every(30, 600, 125)).tempoRatio()).isCloseTo(1, within(0.005));
        assertThat(score(every(30, 600, 250 / 1.1)).resonance()).isLessThan(0.4);
    }

    @Test
    void shouldSeeDriftInTheSecondHalf() {
        DoubleStream steady = IntStream.range(0, 12).mapToDouble(i -> 600 + i * 250);
        DoubleStream late = IntStream.range(12, 24).mapToDouble(i -> 600 + i * 250 + 100);
        InTimeScore score = score(notes(DoubleStream.concat(steady, late)));
        assertThat(score.firstHalf()).isEqualTo(1);
        assertThat(score.secondHalf()).isZero();
        assertThat(score.onGrid()).isEqualTo(0.5);
    }

    @Test
    void shouldAllow35MillisecondsAndNoMore() {
        assertThat(score(every(20, 634, 250)).onGrid()).isEqualTo(1);
        assertThat(score(every(20, 566, 250)).onGrid()).isEqualTo(1);
        assertThat(score(every(20, 636, 250)).onGrid()).isZero();
        assertThat(score(every(20, 564, 250)).onGrid()).isZero();
        assertThat(score(every(20, 639, 250)).entersOnBeat()).isEqualTo(1);
        assertThat(score(every(20, 641, 250)).entersOnBeat()).isZero();
        assertThat(score(every(20, 850, 250)).entersOnBeat()).isZero();
        assertThat(score(every(20, 850, 250)).delayNanos()).isEqualTo(1_050 * MILLI);
    }

    @Test
    void shouldMeasureTheSwing() {
        double[] swung = IntStream.range(0, 20)
                .mapToDouble(i -> 600 + i / 2 * 500 + i % 2 * 500 * 0.64)
                .toArray();
        assertThat(score(notes(Arrays.stream(swung))).swing()).isCloseTo(0.64 / 0.36, within(1e-6));
        assertThat(score(every(20, 600, 250)).swing()).isCloseTo(1, within(1e-6));
        assertThat(score(every(20, 600, 500)).swing()).isNaN();
    }

    @Test
    void shouldMeasureAccentsOnTheBeatAndHowFarLoudnessRanges() {
        List<Note> answer = IntStream.range(0, 16)
                .mapToObj(i -> new Note(
                        Voice.ANSWER,
                        Math.round((600 + i * 250) * MILLI),
                        100_000_000L,
                        60,
                        Math.abs(PULSE.offBeatNanos((600 + i * 250) * MILLI)) < 1e6 ? 80 : 68))
                .toList();
        assertThat(score(answer).accent()).isEqualTo(12);
        assertThat(score(answer).range()).isEqualTo(6);
        assertThat(score(every(20, 600, 250)).accent()).isZero();
        assertThat(score(every(20, 600, 500)).accent()).as("nothing between").isNaN();
    }

    @Test
    void shouldCountAChordOnce() {
        InTimeScore score = score(notes(DoubleStream.of(600, 606, 612, 850, 1_000, 1_100, 1_350)));
        assertThat(score.onsets()).isEqualTo(5);
        assertThat(score.onGrid()).isEqualTo(0.8);
    }

    @Test
    void shouldMeasureNothingOfSilence() {
        InTimeScore silent = score(List.of());
        assertThat(silent.onsets()).isZero();
        assertThat(silent.entersOnBeat()).isZero();
        assertThat(new double[] {
                    silent.resonance(), silent.onGrid(), silent.tempoRatio(), silent.delayNanos(), silent.swing()
                })
                .containsOnly(Double.NaN);
        assertThat(score(every(3, 600, 250)).resonance()).isNaN();
    }
}
