package antiphon.improv;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.improv.listen.Pulse;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;

/** {@link TapKeys} in the {@link Improviser}. */
class TapKeysTest {
    private static final int KEY = 21;
    private static final int PEDAL = 67;
    private static final long BEAT_NANOS = 430 * MILLI;

    private final Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);

    private void assertBeat(long lastNanos) {
        Pulse pulse = talk.improviser().listener().pulse();
        pulse.find(talk.nanos());
        assertThat(pulse.confidence()).isEqualTo(1);
        assertThat(pulse.tempoQpm()).isCloseTo(60e9 / BEAT_NANOS, within(0.1));
        assertThat(Math.IEEEremainder(pulse.beatNanos() - lastNanos, BEAT_NANOS))
                .isCloseTo(0, within(1e6));
    }

    private void assertNothingWasPlayed() {
        talk.pass(10 * SECOND);
        assertThat(talk.improviser().answers()).isZero();
        assertThat(talk.improviser().mind().history().count())
                .as("the start, and silence")
                .isLessThanOrEqualTo(4);
        assertThat(talk.improviser().listener().hands().heldKeys()).isZero();
    }

    @Test
    void shouldTapWithAKeyThatIsNotMusic() {
        talk.set(Control.TAP_NOTE, KEY);
        for (int i = 1; i <= 4; i++) {
            talk.play(i * BEAT_NANOS, KEY, 100 * MILLI);
        }
        assertBeat(4 * BEAT_NANOS);
        assertNothingWasPlayed();
    }

    @Test
    void shouldTapOnceEachTimeThePedalGoesDown() {
        talk.set(Control.TAP_CONTROLLER, PEDAL);
        for (int i = 1; i <= 4; i++) {
            talk.until(i * BEAT_NANOS - 20 * MILLI);
            for (int value : new int[] {30, 64, 90, 127, 80, 20, 0}) {
                talk.pass(20 * MILLI);
                talk.hear(0, Message.control(0, PEDAL, value));
            }
        }
        assertBeat(4 * BEAT_NANOS + 20 * MILLI);
        assertNothingWasPlayed();
    }

    @Test
    void shouldNotInterruptAnAnswer() {
        talk.set(Control.TAP_NOTE, KEY);
        talk.playPhrase(12);
        talk.untilSounding(1);
        talk.press(KEY);
        assertThat(talk.improviser().isAnswering()).isTrue();
        talk.press(60);
        assertThat(talk.improviser().isAnswering()).isFalse();
    }

    /** What was held when it became the key or the pedal that taps is let go as music. */
    @Test
    void shouldHoldNothingThatBeganAsMusic() {
        talk.press(KEY);
        talk.hear(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        talk.set(Control.TAP_NOTE, KEY);
        talk.set(Control.TAP_CONTROLLER, Message.SUSTAIN_PEDAL);
        talk.lift(KEY);
        assertThat(talk.improviser().listener().hands().isSounding(KEY)).isTrue();
        talk.hear(0, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        assertThat(talk.improviser().listener().hands().isSounding(KEY)).isFalse();
        talk.set(Control.TAP_NOTE, -1);
        talk.press(KEY);
        assertThat(talk.improviser().listener().hands().isHeld(KEY))
                .as("music again")
                .isTrue();
    }
}
