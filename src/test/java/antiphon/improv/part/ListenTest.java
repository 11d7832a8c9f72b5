package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import org.junit.jupiter.api.Test;

class ListenTest {
    private final Conversation talk = new Conversation(Settings.standard(Mode.LISTEN), 1);

    @Test
    void shouldHearEverythingAndPlayNothing() {
        talk.playPhrase(12);
        talk.ask(Control.ANSWER);
        talk.ask(Control.AGAIN);
        talk.pass(30 * SECOND);
        assertThat(talk.sent()).isEmpty();
        assertThat(talk.improviser().answers()).isZero();
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.improviser().isIdle()).isTrue();
        assertThat(talk.improviser().mind().history().count())
                .as("the start, the notes and three ticks of silence")
                .isEqualTo(1 + 24 + 3);
        assertThat(talk.improviser().listener().tonality().key()).isNotEqualTo(-1);
    }

    @Test
    void shouldLetAPhraseGoThatNobodyAnswers() {
        talk.playPhrase(12);
        assertThat(talk.improviser().listener().phrase().notes()).isEqualTo(12);
        talk.pass(690 * MILLI);
        assertThat(talk.improviser().listener().phrase().notes()).isEqualTo(12);
        talk.pass(20 * MILLI);
        assertThat(talk.improviser().listener().phrase().notes()).isZero();
        talk.set(Mode.CALL);
        talk.pass(10 * SECOND);
        assertThat(talk.sent()).isEmpty();
    }

    @Test
    void shouldLeaveAPhraseThatGoesOnToThePartThatComes() {
        talk.playPhrase(12);
        talk.pass(300 * MILLI);
        talk.set(Mode.CALL);
        talk.pass(10 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }
}
