package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Dials;
import antiphon.improv.Mode;
import antiphon.improv.Origin;
import antiphon.improv.Settings;
import antiphon.improv.listen.Phrase;
import antiphon.improv.listen.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    private static final long MILLI = 1_000_000L;
    private static final int C_MAJOR = 0;
    private static final int IN_C_MAJOR = 0b1010_1011_0101;
    private static final int[] TUNE = {64, 64, 65, 67, 67, 65, 64, 62, 60, 60, 62, 64};
    private static final int SEEDS = 40;

    private final Operators operators = new Operators();
    private final Sketch sketch = new Sketch();
    private final Pulse pulse = new Pulse();
    private final AnswerShape shape = new AnswerShape();

    private void take(int... pitches) {
        Phrase call = new Phrase();
        pulse.forget();
        for (int i = 0; i < pitches.length; i++) {
            long nanos = i * (500 * MILLI);
            call.noteBegan(pitches[i], 80, nanos, 700 * MILLI);
            call.noteEnded(pitches[i], nanos + 450 * MILLI);
            pulse.hear(pitches[i], 80, nanos);
        }
        take(call, 0, pitches.length * (500 * MILLI));
    }

    private void take(Phrase call, int lowestOfRight, long nanos) {
        Dials dials = new Dials(Settings.standard(Mode.CALL));
        shape.measure(call, dials, false, dials.callLength(), dials.callMaxNanos());
        pulse.find(nanos);
        operators.take(call.played(), lowestOfRight, C_MAJOR, pulse, shape, 0);
    }

    private List<Integer> pitches() {
        List<Integer> pitches = new ArrayList<>();
        for (int i = 0; i < sketch.size(); i++) {
            pitches.add(sketch.pitch(i));
        }
        return pitches;
    }

    @Test
    void shouldStayInTheKeyAndNearTheCall() {
        take(TUNE);
        for (Origin origin : new Origin[] {Origin.TRANSPOSED, Origin.INVERTED, Origin.SEQUENCE, Origin.PITCHES}) {
            for (int seed = 0; seed < SEEDS; seed++) {
                assertThat(operators.make(origin, seed, sketch)).isTrue();
                assertThat(pitches()).isNotEmpty().allSatisfy(pitch -> {
                    assertThat(IN_C_MAJOR >> pitch % 12 & 1)
                            .as("%s: %d", origin, pitch)
                            .isEqualTo(1);
                    assertThat(pitch).isBetween(60 - 14, 67 + 14);
                });
            }
        }
    }

    @Test
    void shouldCloseInTheTriadOnABeatAndLong() {
        take(TUNE);
        int closed = 0;
        for (Origin origin : new Origin[] {Origin.TRANSPOSED, Origin.INVERTED, Origin.SEQUENCE}) {
            for (int seed = 0; seed < SEEDS; seed++) {
                operators.make(origin, seed, sketch);
                if (sketch.isClosing()) {
                    int last = sketch.size() - 1;
                    assertThat(sketch.pitch(last) % 12).isIn(0, 4, 7);
                    assertThat(sketch.onsetNanos(last) % (500 * MILLI)).isLessThan(20 * MILLI);
                    assertThat(sketch.lengthNanos(last)).isGreaterThanOrEqualTo(900 * MILLI);
                    closed++;
                }
            }
        }
        assertThat(closed).isBetween(SEEDS, 2 * SEEDS);
    }

    @Test
    void shouldKeepTheRhythmAndLeaveThePitchesOpen() {
        take(TUNE);
        operators.make(Origin.RHYTHM, 1, sketch);
        assertThat(pitches()).allSatisfy(pitch -> assertThat(pitch).isNegative());
        for (int i = 0; i + 1 < sketch.size(); i++) {
            assertThat(sketch.onsetNanos(i)).isEqualTo(i * (500 * MILLI));
        }
    }

    @Test
    void shouldKeepTheBeginningWhereTheEndIsChanged() {
        take(TUNE);
        for (int seed = 0; seed < SEEDS; seed++) {
            operators.make(Origin.ENDING, seed, sketch);
            assertThat(pitches()).startsWith(64, 64, 65, 67);
            assertThat(pitches().stream().filter(pitch -> pitch >= 0)).hasSizeLessThan(TUNE.length - 2);
        }
    }

    @Test
    void shouldRepeatAFragmentOnOtherStepsWholeBeatsLater() {
        take(TUNE);
        for (int seed = 0; seed < SEEDS; seed++) {
            operators.make(Origin.SEQUENCE, seed, sketch);
            long firstNanos = sketch.onsetNanos(0);
            for (int i = 0; i < sketch.size(); i++) {
                assertThat((sketch.onsetNanos(i) - firstNanos) % (500 * MILLI)).isZero();
            }
            assertThat(pitches().stream().distinct())
                    .as("no fragment is repeated as it was")
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void shouldMakeTheSameOfTheSameNumberAndOthersOfOthers() {
        take(TUNE);
        operators.make(Origin.TRANSPOSED, 7, sketch);
        List<Integer> made = pitches();
        List<List<Integer>> others = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            operators.make(Origin.TRANSPOSED, seed, sketch);
            others.add(pitches());
        }
        assertThat(others).contains(made);
        assertThat(others.stream().distinct()).hasSizeGreaterThan(6);
    }

    @Test
    void shouldTakeOneOrTwoNotesForNoMaterial() {
        take(60, 64);
        for (Origin origin : Origin.values()) {
            assertThat(operators.make(origin, 1, sketch)).isFalse();
            assertThat(sketch.size()).isZero();
        }
    }

    /** An alternating bass under a tune: turning over both made the bass the highest voice, octaves above. */
    @Test
    void shouldTurnOverTheTuneAloneAndLeaveTheBassWhereItIs() {
        Phrase call = new Phrase();
        int[] tune = {72, 76, 79, 76, 74, 77, 74, 72};
        int[] bass = {48, 55, 48, 55, 43, 50, 43, 48};
        for (int i = 0; i < tune.length; i++) {
            long nanos = i * (500 * MILLI);
            call.noteBegan(tune[i], 80, nanos, 700 * MILLI);
            call.noteBegan(bass[i], 80, nanos + 250 * MILLI, 700 * MILLI);
            call.noteEnded(tune[i], nanos + 400 * MILLI);
            call.noteEnded(bass[i], nanos + 450 * MILLI);
        }
        take(call, 60, tune.length * (500 * MILLI));
        for (int seed = 0; seed < SEEDS; seed++) {
            operators.make(Origin.INVERTED, seed, sketch);
            for (int i = 0; i + 1 < sketch.size(); i += 2) {
                assertThat(sketch.pitch(i)).isBetween(65, 86);
                assertThat(sketch.pitch(i + 1)).isBetween(bass[i / 2] - 6, bass[i / 2] + 6);
            }
        }
    }

    /** C mixolydian: a scale of C major would put a B beside the call's B flat. */
    @Test
    void shouldMoveInTheScaleThatTheCallHas() {
        take(60, 64, 67, 70, 69, 67, 65, 64, 60, 62, 64, 60);
        for (int seed = 0; seed < SEEDS; seed++) {
            operators.make(Origin.TRANSPOSED, seed, sketch);
            assertThat(pitches()).noneMatch(pitch -> pitch % 12 == 11);
        }
    }

    /** Chords, runs, repeated and very high or low notes: whatever is played. */
    @Property(tries = 200)
    void shouldMakeSomethingPlayableOfAnyCall(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Phrase call = new Phrase();
        pulse.forget();
        long nanos = 0;
        int notes = 3 + random.nextInt(280);
        for (int i = 0; i < notes; i++) {
            int pitch = random.nextInt(128);
            call.noteBegan(pitch, 1 + random.nextInt(127), nanos, 700 * MILLI);
            pulse.hear(pitch, 80, nanos);
            nanos += random.nextInt(4) == 0 ? 0 : random.nextInt(600) * MILLI;
            call.noteEnded(pitch, nanos);
            nanos += random.nextInt(100) * MILLI;
        }
        take(call, random.nextInt(3) * 40, nanos + 700 * MILLI);
        for (Origin origin : Origin.values()) {
            operators.make(origin, random.nextLong(), sketch);
            for (int i = 0; i < sketch.size(); i++) {
                assertThat(sketch.pitch(i)).isBetween(Sketch.OPEN_IN_TRIAD, 127);
                assertThat(sketch.lengthNanos(i)).isGreaterThanOrEqualTo(0);
            }
        }
    }
}
