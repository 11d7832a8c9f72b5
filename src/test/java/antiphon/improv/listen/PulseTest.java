package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;

/** Which of its sources a {@link Pulse} believes. */
class PulseTest {
    private static final long MILLI = 1_000_000L;

    private final Pulse pulse = new Pulse();
    private long nanos = 5_000 * MILLI;

    /** Eighths of a tempo from now on. */
    private void play(int onsets, double qpm) {
        for (int i = 0; i < onsets; i++) {
            pulse.hear(i % 2 == 0 ? 40 : 70, 80, nanos + Math.round(i * 30e9 / qpm));
        }
        nanos += Math.round((onsets - 1) * 30e9 / qpm);
    }

    private void ticks(int count, double qpm) {
        for (int i = 0; i < count; i++) {
            nanos += Math.round(60e9 / qpm / 24);
            pulse.tick(0, Message.CLOCK, nanos);
        }
    }

    private void taps(double qpm) {
        for (int i = 0; i < 4; i++) {
            nanos += Math.round(60e9 / qpm);
            pulse.tap(nanos);
        }
    }

    private double tempo() {
        pulse.find(nanos + 100 * MILLI);
        return pulse.confidence() > 0.5 ? pulse.tempoQpm() : 0;
    }

    @Test
    void shouldBelieveAClockBeforeEverythingElse() {
        play(20, 100);
        taps(140);
        pulse.tick(0, Message.START, nanos);
        ticks(60, 120);
        assertThat(tempo()).isCloseTo(120, within(0.1));
        assertThat(pulse.knowsBars()).isTrue();
        pulse.tick(0, Message.STOP, nanos);
        pulse.find(nanos);
        assertThat(pulse.knowsBars()).isFalse();
    }

    @Test
    void shouldBelieveTapsUntilSomethingElseIsPlayed() {
        taps(140);
        assertThat(tempo()).isCloseTo(140, within(0.1));
        // Sixteen seconds after the last tap the playing alone counts.
        nanos += 8_000 * MILLI;
        play(40, 100);
        assertThat(tempo()).isCloseTo(100, within(1.0));
    }

    @Test
    void shouldNotBelieveAClockThatNobodyPlaysTo() {
        ticks(200, 120);
        long end = nanos;
        nanos -= 8_000 * MILLI;
        play(20, 97);
        nanos = end;
        assertThat(tempo()).isCloseTo(97, within(1.0));
        assertThat(pulse.knowsBars()).isFalse();
    }

    @Test
    void shouldForgetWhatWasTappedAndPlayed() {
        play(20, 100);
        taps(140);
        pulse.forget();
        assertThat(tempo()).isZero();
    }

    @Test
    void shouldFindAPlaceAgainWhenTheClockHasChangedItsTempo() {
        pulse.tick(0, Message.START, nanos);
        ticks(60, 120);
        pulse.find(nanos);
        double place = pulse.placeOf(nanos + 500 * MILLI);
        assertThat(place).isCloseTo(59 + 24, within(0.01));
        int jumps = pulse.jumpCount();
        ticks(12, 60);
        // Half a beat has passed, the rest takes twice as long.
        assertThat((double) pulse.nanosAt(place)).isCloseTo(nanos + 500.0 * MILLI, within(2.0 * MILLI));
        assertThat(pulse.jumpCount()).isEqualTo(jumps);
    }

    @Test
    void shouldAllocateNothing() {
        pulse.tick(0, Message.START, nanos);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    ticks(100, 120);
                    play(10, 120);
                    taps(120);
                    pulse.find(nanos);
                }))
                .isZero();
    }
}
