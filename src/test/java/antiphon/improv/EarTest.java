package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.listen.Listener;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;

/** What is heard when the channel that is heard changes while keys are down. */
class EarTest {
    private final Conversation talk = new Conversation(Settings.standard(Mode.CALL), 3);
    private final Listener listener = talk.improviser().listener();

    private void set(Control control, long value) {
        talk.ensemble().set(control, value, talk.nanos(), talk.out());
    }

    @Test
    void shouldHearTheEndOfWhatBeganBeforeItsChannelWasLeftOut() {
        talk.hear(0, Message.noteOn(4, 60, 80));
        talk.hear(0, Message.control(4, Message.SUSTAIN_PEDAL, 127));
        set(Control.IN_CHANNEL, 1);
        talk.pass(Conversation.MILLI);
        talk.hear(0, Message.noteOff(4, 60));
        assertThat(listener.hands().heldKeys()).isZero();
        assertThat(listener.hands().isSounding(60)).as("by the pedal").isTrue();
        talk.hear(0, Message.control(4, Message.SUSTAIN_PEDAL, 0));
        assertThat(listener.hands().isSounding(60)).isFalse();
    }

    @Test
    void shouldNotHearOtherChannelsAndKnowThatTheyCame() {
        set(Control.IN_CHANNEL, 1);
        talk.hear(0, Message.control(4, Message.SUSTAIN_PEDAL, 127));
        assertThat(listener.ignoredMessage()).as("no note").isZero();
        talk.hear(0, Message.noteOn(4, 60, 80));
        talk.hear(0, Message.noteOff(4, 60));
        assertThat(listener.phrase().notes()).isZero();
        assertThat(Message.channel(listener.ignoredMessage())).isEqualTo(4);
        talk.hear(0, Message.noteOn(0, 60, 80));
        assertThat(listener.phrase().notes()).isEqualTo(1);
    }

    @Test
    void shouldHearDrumsOnceThatIsSet() {
        talk.hear(0, Message.noteOn(Message.DRUM_CHANNEL, 60, 80));
        assertThat(listener.phrase().notes()).isZero();
        set(Control.HEAR_DRUMS, 1);
        talk.hear(0, Message.noteOn(Message.DRUM_CHANNEL, 62, 80));
        set(Control.HEAR_DRUMS, 0);
        talk.hear(0, Message.noteOff(Message.DRUM_CHANNEL, 62));
        assertThat(listener.phrase().notes()).isEqualTo(1);
        assertThat(listener.hands().heldKeys()).isZero();
    }
}
