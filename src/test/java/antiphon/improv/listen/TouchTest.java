package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Vocabulary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TouchTest {
    private static final long BEAT_NANOS = 500_000_000L;
    private static final int BIN = 16;

    private final Pulse pulse = new Pulse();
    private final Touch touch = new Touch();

    /** Eighths, low ones on the beats, with these velocities on and between them; every so many of the latter. */
    private void play(int onBeat, int between, int every) {
        for (int i = 0; i < 24; i++) {
            long nanos = i * BEAT_NANOS / 2 + i % 5 * 2_000_000L;
            if (i % 2 == 0 || i % every == 1) {
                pulse.hear(i % 2 == 0 ? 43 : 64, 80, nanos);
                touch.hear(i % 2 == 0 ? onBeat : between, nanos);
            }
        }
        pulse.find(12 * BEAT_NANOS);
    }

    /** How much louder it makes a note on the beat than one between. */
    private int accent() {
        return Vocabulary.velocity(touch.accented(BIN, true)) - Vocabulary.velocity(touch.accented(BIN, false));
    }

    @Property(tries = 100)
    void shouldAccentAsMuchAsTheHumanAndBeAsLoudAsBefore(
            @ForAll @IntRange(min = 40, max = 100) int onBeat, @ForAll @IntRange(min = 40, max = 100) int between) {
        TouchTest each = new TouchTest();
        each.play(onBeat, between, 2);
        each.touch.measure(each.pulse, 0);
        assertThat(each.accent()).isBetween(onBeat - between - 4, onBeat - between + 4);
        int both = each.touch.accented(BIN, true) + each.touch.accented(BIN, false);
        assertThat(both - 2 * BIN).as("louder in all").isBetween(-1, 1);
    }

    @Example
    void shouldAccentABeatThatTheHumanAlonePlays() {
        play(80, 0, 1_000);
        touch.measure(pulse, 0);
        assertThat(accent()).isBetween(4, 12);
        assertThat(touch.accented(BIN, true)).isEqualTo(BIN);
    }

    @Example
    void shouldAccentNothingBeforeItHasMeasuredNorWithoutAPulseNorAfterForgetting() {
        assertThat(accent()).isZero();
        play(100, 50, 2);
        assertThat(accent()).isZero();
        touch.measure(new Pulse(), 0);
        assertThat(accent()).isZero();
        touch.measure(pulse, 11 * BEAT_NANOS);
        assertThat(accent()).as("of too few notes").isZero();
        touch.measure(pulse, 0);
        assertThat(accent()).isPositive();
        touch.forget();
        assertThat(accent()).isZero();
    }

    @Property
    void shouldStayWithinTheBins(
            @ForAll @IntRange(max = 31) int bin,
            @ForAll @IntRange(min = 1, max = 127) int onBeat,
            @ForAll @IntRange(min = 1, max = 127) int between,
            @ForAll boolean beat) {
        TouchTest each = new TouchTest();
        each.play(onBeat, between, 2);
        each.touch.measure(each.pulse, 0);
        assertThat(each.touch.accented(bin, beat)).isBetween(0, Vocabulary.VELOCITY_BINS - 1);
    }

    @Example
    void shouldAllocateNothing() {
        play(90, 60, 2);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        touch.hear(50, i * BEAT_NANOS);
                        touch.measure(pulse, 0);
                        touch.accented(i % 32, i % 2 == 0);
                    }
                }))
                .isZero();
    }
}
