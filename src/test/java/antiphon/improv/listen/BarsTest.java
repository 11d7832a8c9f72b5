package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;

class BarsTest {
    private static final long MILLI = 1_000_000L;
    private static final long BEAT_NANOS = 500 * MILLI;

    private final Pulse pulse = new Pulse();
    private final Bars bars = new Bars();

    /** Eighths of 120, those on the beat low, from one beat to another. */
    private void play(int fromBeat, int toBeat, int onBeat, int offBeat) {
        for (int i = 2 * fromBeat; i < 2 * toBeat; i++) {
            pulse.hear(i % 2 == 0 ? onBeat : offBeat, 80, i * BEAT_NANOS / 2);
        }
        pulse.find(toBeat * BEAT_NANOS);
    }

    private void ticks(double fromBeat, int count) {
        for (int i = 0; i < count; i++) {
            pulse.tick(0, Message.CLOCK, Math.round((fromBeat + i / 24.0) * BEAT_NANOS));
        }
    }

    @Test
    void shouldBeginWithTheFirstBeatOfThePhrase() {
        assertThat(bars.areKnown()).isFalse();
        play(0, 10, 40, 72);
        assertThat(bars.count(pulse, 2 * BEAT_NANOS + 60 * MILLI, 4)).isZero();
        assertThat(bars.areKnown()).isTrue();
        assertThat(bars.nanosAt(0)).as("a little late").isCloseTo(2.0 * BEAT_NANOS, within(1e6));
        bars.count(pulse, 2 * BEAT_NANOS + BEAT_NANOS / 2, 4);
        assertThat(bars.nanosAt(4)).as("an upbeat").isCloseTo(7.0 * BEAT_NANOS, within(1e6));
        assertThat(bars.beatAt(8 * BEAT_NANOS)).isCloseTo(5, within(0.01));
        bars.forget();
        assertThat(bars.areKnown()).isFalse();
    }

    @Test
    void shouldKeepTheNumbersOfTheBeatsWhenTheyAreFoundOffTheBeat() {
        play(0, 10, 40, 72);
        bars.count(pulse, 0, 4);
        pulse.forget();
        play(10, 30, 72, 40);
        bars.follow(pulse, 30 * BEAT_NANOS, 4);
        assertThat(bars.nanosAt(32)).isCloseTo(32.0 * BEAT_NANOS, within(1e6));
    }

    @Test
    void shouldNotCountInAnotherTempo() {
        play(0, 10, 40, 72);
        bars.count(pulse, 0, 4);
        pulse.forget();
        for (int i = 0; i < 24; i++) {
            pulse.hear(60, 80, 10 * BEAT_NANOS + i * 340L * MILLI);
        }
        pulse.find(10 * BEAT_NANOS + 24 * 340 * MILLI);
        assertThat(pulse.confidence()).isGreaterThan(0.5);
        bars.follow(pulse, 30 * BEAT_NANOS, 4);
        assertThat(bars.nanosAt(32)).isCloseTo(32.0 * BEAT_NANOS, within(1e6));
    }

    @Test
    void shouldTakeTheBarThatANoteIsInOrLeadsTo() {
        pulse.tick(0, Message.START, 0);
        ticks(0, 24 * 9);
        pulse.find(9 * BEAT_NANOS);
        assertThat(bars.count(pulse, 4 * BEAT_NANOS - 400 * MILLI, 4))
                .as("an upbeat")
                .isEqualTo(4);
        assertThat(bars.count(pulse, 4 * BEAT_NANOS + 20 * MILLI, 4)).isEqualTo(4);
        assertThat(bars.count(pulse, 6 * BEAT_NANOS, 4)).isEqualTo(4);
        assertThat(bars.count(pulse, 6 * BEAT_NANOS, 3)).isEqualTo(6);
        assertThat(bars.nanosAt(6)).isCloseTo(6.0 * BEAT_NANOS, within(1e6));
    }

    @Test
    void shouldCountOnWhenAClockBeginsJumpsAndEnds() {
        play(0, 10, 40, 72);
        bars.count(pulse, 0, 4);
        // The song begins a little before the fourth of our bar lines.
        pulse.tick(0, Message.START, 12 * BEAT_NANOS);
        ticks(11.8, 60);
        pulse.find(14 * BEAT_NANOS);
        assertThat(pulse.knowsBars()).isTrue();
        bars.follow(pulse, 14 * BEAT_NANOS, 4);
        assertThat(bars.nanosAt(12)).isCloseTo(11.8 * BEAT_NANOS, within(2e6));
        // It jumps to the second beat of a bar.
        pulse.tick(0, Message.STOP, 15 * BEAT_NANOS);
        pulse.tick(0, Message.of(Message.SONG_POSITION, 4 * 9, 0), 15 * BEAT_NANOS);
        pulse.tick(0, 0xFB, 15 * BEAT_NANOS);
        ticks(15, 60);
        pulse.find(17 * BEAT_NANOS);
        bars.keepUp(pulse);
        assertThat(bars.nanosAt(12)).as("not yet").isCloseTo(11.8 * BEAT_NANOS, within(2e6));
        bars.follow(pulse, 17 * BEAT_NANOS, 4);
        assertThat(bars.nanosAt(16)).isCloseTo(14.0 * BEAT_NANOS, within(2e6));
        pulse.tick(0, Message.STOP, 18 * BEAT_NANOS);
        pulse.forget();
        play(18, 28, 40, 72);
        bars.follow(pulse, 28 * BEAT_NANOS, 4);
        assertThat(bars.nanosAt(20)).isCloseTo(18.0 * BEAT_NANOS, within(2e6));
    }

    @Test
    void shouldAllocateNothing() {
        play(0, 10, 40, 72);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        bars.count(pulse, i * MILLI, 4);
                        bars.follow(pulse, i * MILLI, 4);
                        bars.keepUp(pulse);
                        bars.beatAt(i);
                    }
                }))
                .isZero();
    }
}
