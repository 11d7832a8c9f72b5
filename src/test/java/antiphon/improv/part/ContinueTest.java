package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.History;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.music.Event;
import org.junit.jupiter.api.Test;

class ContinueTest {
    private final Conversation talk = new Conversation(Networks.TUNED, Settings.standard(Mode.CONTINUE), 1);

    /** Events of this kind that the mind knows. */
    private long known(int kind) {
        History history = talk.improviser().mind().history();
        long events = 0;
        for (long i = 0; i < history.count(); i++) {
            events += Event.kind(History.event(history.entry(i))) == kind ? 1 : 0;
        }
        return events;
    }

    @Test
    void shouldBeOneVoiceWithTheHuman() {
        talk.playPhrase(8);
        talk.pass(10 * SECOND);
        assertThat(known(Event.HUMAN_ON)).isZero();
        assertThat(known(Event.ANSWER_ON)).isEqualTo(8 + talk.notesOn());
        talk.press(60);
        assertThat(known(Event.PHRASE_END)).isZero();
        assertThat(talk.unended()).isZero();
    }

    @Test
    void shouldBeginAfterItsOwnRest() {
        talk.set(Control.CONTINUE_REST, 2 * SECOND);
        talk.set(Control.CALL_REST, 200 * MILLI);
        talk.playPhrase(8);
        talk.pass(1_990 * MILLI);
        assertThat(talk.improviser().answers()).isZero();
        talk.pass(20 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldEndWhenItHasPlayedAsLongAsItMay() {
        talk.set(Control.CONTINUE_MAX, 3 * SECOND);
        talk.playPhrase(8);
        long start = talk.nanos();
        talk.pass(20 * SECOND);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.unended()).isZero();
        assertThat(talk.sent().getLast().dueNanos()).isBetween(start + 3 * SECOND, start + 7 * SECOND);
    }

    @Test
    void shouldPlayOnInAnotherWayWhenAskedAgain() {
        talk.playPhrase(8);
        talk.pass(3 * SECOND);
        long notes = talk.notesOn();
        talk.ask(Control.AGAIN);
        assertThat(talk.unended()).isZero();
        assertThat(known(Event.ANSWER_ON)).as("what it has played is forgotten").isEqualTo(8);
        talk.pass(3 * SECOND);
        assertThat(talk.notesOn()).isGreaterThan(notes);
        assertThat(known(Event.ANSWER_ON)).isEqualTo(8 + talk.notesOn() - notes);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldEndANoteForTheMindInTheVoiceInWhichItBegan() {
        talk.press(60);
        talk.pass(100 * MILLI);
        talk.set(Mode.CALL);
        talk.lift(60);
        assertThat(known(Event.HUMAN_OFF)).isZero();
        assertThat(known(Event.ANSWER_OFF)).isEqualTo(1);
        talk.press(62);
        talk.set(Mode.CONTINUE);
        talk.lift(62);
        assertThat(known(Event.HUMAN_OFF)).isEqualTo(1);
        assertThat(known(Event.ANSWER_OFF)).isEqualTo(1);
    }
}
