package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Conversation;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static final Set<Mode> ANSWERS_ONE_NOTE = EnumSet.of(Mode.CALL, Mode.CONTINUE, Mode.TRADE);

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
                assertThat(talk.improviser().answers()).isEqualTo(ANSWERS_ONE_NOTE.contains(mode) ? 1 : 0);
                talk.pass(60 * SECOND);
                assertThat(talk.improviser().isAnswering()).isEqualTo(mode == Mode.CONTINUE);
            }
        }
    }
}
