package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private static final long MILLI = 1_000_000L;
    private static final long REST = 700 * MILLI;

    private final Listener listener = new Listener();
    private final Hands.Ear ear = new Hands.Ear() {
        @Override
        public void began(int pitch, int velocity, long nanos) {
            listener.began(pitch, velocity, nanos, REST);
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

    private void hear(long millis, int message) {
        listener.hands().follow(0, message, millis * MILLI, ear);
    }

    @Test
    void shouldFollowThePhraseAndTheKey() {
        assertThat(listener.phraseEndNanos(REST)).isEqualTo(Long.MAX_VALUE);
        hear(0, Message.noteOn(0, 60, 80));
        hear(10, Message.noteOn(0, 64, 80));
        assertThat(listener.phrase().notes()).isEqualTo(2);
        assertThat(listener.phrase().polyphony()).isEqualTo(2);
        assertThat(listener.tonality().key()).isNotEqualTo(-1);
        assertThat(listener.phraseEndNanos(REST)).as("keys are held").isEqualTo(3_010 * MILLI);
        hear(100, Message.noteOff(0, 60));
        hear(120, Message.noteOff(0, 64));
        assertThat(listener.phraseEndNanos(REST)).isEqualTo(820 * MILLI);
        assertThat(listener.phrase().longestNoteNanos()).isEqualTo(110 * MILLI);
    }

    @Test
    void shouldCountTheRestFromTheKeyAndTheLengthWithThePedal() {
        hear(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        hear(0, Message.noteOn(0, 60, 80));
        hear(100, Message.noteOff(0, 60));
        assertThat(listener.phraseEndNanos(REST)).isEqualTo(800 * MILLI);
        assertThat(listener.phrase().longestNoteNanos()).isZero();
        listener.stillSounds(listener.phrase(), 800 * MILLI);
        assertThat(listener.phrase().longestNoteNanos()).isEqualTo(800 * MILLI);
        assertThat(listener.phrase().durationNanos()).isEqualTo(800 * MILLI);
        hear(900, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        listener.stillSounds(listener.phrase(), 1_000 * MILLI);
        assertThat(listener.phrase().longestNoteNanos()).isEqualTo(900 * MILLI);
    }

    @Test
    void shouldForgetEverythingButTheKeysThatAreHeld() {
        hear(0, Message.noteOn(0, 60, 80));
        listener.tonality().update();
        listener.forget();
        assertThat(listener.phrase().notes()).isZero();
        assertThat(listener.phraseEndNanos(REST)).isEqualTo(Long.MAX_VALUE);
        assertThat(listener.tonality().key()).isEqualTo(-1);
        assertThat(listener.tonality().bias(61)).isZero();
        assertThat(listener.hands().isHeld(60)).isTrue();
        hear(50, Message.noteOff(0, 60));
        assertThat(listener.hands().heldKeys()).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        long[] millis = {0};
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        hear(millis[0]++, Message.noteOn(0, 40 + i % 40, 80));
                        hear(millis[0]++, Message.noteOff(0, 40 + (i + 3) % 40));
                        listener.stillSounds(listener.phrase(), millis[0] * MILLI);
                        listener.phraseEndNanos(REST);
                    }
                }))
                .isZero();
    }
}
