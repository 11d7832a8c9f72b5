package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Conversation;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import org.junit.jupiter.api.Test;

class PartsTest {
    @Test
    void shouldMakeTheImproviserOfEveryModeThatIsSetAndOfAnyItChangesTo() {
        for (Mode first : Mode.values()) {
            for (Mode mode : Mode.values()) {
                Conversation talk = new Conversation(Settings.standard(first), 3);
                assertThat(talk.improviser().dials().mode()).isEqualTo(first);
                talk.set(mode);
                assertThat(talk.improviser().dials().mode()).isEqualTo(mode);
                talk.press(60);
                assertThat(talk.notesOn()).as("at once").isEqualTo(mode == Mode.HARMONY ? 1 : 0);
                talk.pass(100 * MILLI);
                talk.lift(60);
                talk.pass(500 * MILLI);
                assertThat(talk.improviser().isAnswering()).isEqualTo(mode == Mode.CONTINUE);
                talk.pass(400 * MILLI);
                assertThat(talk.improviser().answers()).isEqualTo(mode == Mode.HARMONY || mode == Mode.LISTEN ? 0 : 1);
                talk.pass(60 * SECOND);
                assertThat(talk.improviser().isAnswering()).isEqualTo(mode == Mode.CONTINUE);
            }
        }
    }
}
