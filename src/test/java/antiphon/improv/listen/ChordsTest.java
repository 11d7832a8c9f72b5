package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChordsTest {
    private static final long MILLI = 1_000_000L;
    private static final int C_MAJOR = 1 | 1 << 4 | 1 << 7;
    private static final int F_MAJOR = 1 | 1 << 5 | 1 << 9;
    private static final int A_MINOR = 1 | 1 << 4 | 1 << 9;
    private static final int G_MAJOR = 1 << 2 | 1 << 7 | 1 << 11;

    private final Listener listener = new Listener();
    private final Chords chords = listener.chords();
    private final Hands.Ear ear = new Hands.Ear() {
        @Override
        public void began(int pitch, int velocity, long nanos) {
            listener.began(pitch, velocity, nanos, 700 * MILLI);
        }

        @Override
        public void ended(int pitch, long nanos) {
            listener.ended(pitch, nanos);
        }

        @Override
        public void lifted(long nanos) {
            listener.lifted(nanos);
        }
    };

    private long nanos;

    private void hear(int message) {
        listener.hands().follow(0, message, nanos, ear);
    }

    /** Plays these together for half a second. */
    private void strike(int... pitches) {
        for (int pitch : pitches) {
            hear(Message.noteOn(0, pitch, 80));
        }
        nanos += 450 * MILLI;
        for (int pitch : pitches) {
            hear(Message.noteOff(0, pitch));
        }
        nanos += 50 * MILLI;
    }

    @Test
    void shouldKnowNothingBeforeAnythingWasPlayed() {
        assertThat(chords.isKnown()).isFalse();
        assertThat(chords.share(60)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 11})
    void shouldHearTheChordsThatArePlayedInEveryKey(int moved) {
        int[][] played = {{48, 52, 55}, {53, 57, 60}, {45, 48, 52}, {43, 50, 59}};
        int[] expected = {C_MAJOR, F_MAJOR, A_MINOR, G_MAJOR};
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < played.length; i++) {
                strike(played[i][0] + moved, played[i][1] + moved, played[i][2] + moved);
                assertThat(chords.isPlayed()).isTrue();
                int turned = (expected[i] << moved | expected[i] >> (12 - moved)) & 0xFFF;
                assertThat(chords.classes() & turned).as("chord %d", i).isEqualTo(turned);
            }
        }
        assertThat(chords.tonic()).isEqualTo(moved);
        assertThat(chords.share(67 + moved))
                .as("the fifth of the dominant's root")
                .isGreaterThan(0.8);
    }

    @Test
    void shouldFollowABrokenChordOfTheLeftHandUnderATune() {
        for (int round = 0; round < 2; round++) {
            for (int[] chord : new int[][] {{36, 43, 48, 52}, {41, 48, 53, 57}}) {
                int[] tune = {72, 74, 76, 77};
                for (int i = 0; i < 4; i++) {
                    strike(chord[i], tune[i]);
                }
                assertThat(chords.classes()).isEqualTo(chord[0] == 36 ? C_MAJOR : F_MAJOR);
            }
        }
        assertThat(chords.split().isKnown()).isTrue();
        assertThat(chords.split().lowestOfRight()).isBetween(58, 72);
        assertThat(chords.split().isLeft(57)).isTrue();
        assertThat(chords.split().isLeft(72)).isFalse();
    }

    @Test
    void shouldGuessTheChordFromTheTuneAlone() {
        for (int pitch : new int[] {60, 64, 67, 72, 67, 64, 60}) {
            strike(pitch);
        }
        assertThat(chords.isPlayed()).isFalse();
        assertThat(chords.split().isKnown()).as("one hand").isFalse();
        assertThat(chords.classes()).isEqualTo(C_MAJOR);
        assertThat(chords.share(64)).isGreaterThan(0.6);
        assertThat(chords.share(61)).isLessThan(0.1);
        assertThat(chords.tonic()).isEqualTo(0);
    }

    @Test
    void shouldBelieveTheTuneAgainWhenTheChordsHaveStopped() {
        strike(48, 52, 55);
        nanos += 6_000 * MILLI;
        strike(62);
        assertThat(chords.isPlayed()).isFalse();
    }

    @Test
    void shouldForgetWithTheListener() {
        strike(48, 52, 55);
        listener.forget();
        assertThat(chords.isKnown()).isFalse();
        assertThat(chords.isPlayed()).isFalse();
        assertThat(chords.share(64)).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        int[][] struck = {{36, 43, 60}, {41, 48, 72}, {43, 50, 59}, {65}, {67}};
        Runnable music = () -> {
            for (int i = 0; i < 2_000; i++) {
                strike(struck[i % struck.length]);
            }
        };
        assertThat(Allocation.bytesOfWarmRun(music)).isZero();
    }
}
