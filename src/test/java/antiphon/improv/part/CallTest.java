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
import antiphon.improv.listen.Listener;
import antiphon.music.Event;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CallTest {
    private final Conversation talk = new Conversation(Networks.TUNED, Settings.standard(Mode.CALL), 1);

    private long phraseEndsHeard() {
        History history = talk.improviser().mind().history();
        long ends = 0;
        for (long i = 0; i < history.count(); i++) {
            ends += Event.kind(History.event(history.entry(i))) == Event.PHRASE_END ? 1 : 0;
        }
        return ends;
    }

    private long notesHeard() {
        History history = talk.improviser().mind().history();
        long notes = 0;
        for (long i = 0; i < history.count(); i++) {
            notes += History.isHeard(history.entry(i)) ? 1 : 0;
        }
        return notes;
    }

    @Test
    void shouldTellTheMindWhenTheTurnPassesAndWhenItIsOver() {
        talk.playPhrase(12);
        long endNanos = talk.improviser().listener().phraseEndNanos(700 * MILLI, true);
        assertThat(endNanos).as("sooner than the rest").isLessThan(talk.nanos() + 700 * MILLI);
        talk.until(endNanos - 50 * MILLI);
        assertThat(phraseEndsHeard()).isZero();
        talk.pass(100 * MILLI);
        assertThat(phraseEndsHeard()).isEqualTo(1);
        assertThat(talk.improviser().isAnswering()).isTrue();
        talk.pass(30 * SECOND);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(phraseEndsHeard()).isEqualTo(2);
    }

    @Test
    void shouldNotTellOfTheEndOfAPhraseThatNobodyPlayed() {
        talk.ask(Control.ANSWER);
        assertThat(talk.improviser().isAnswering()).isTrue();
        assertThat(phraseEndsHeard()).isZero();
        talk.untilSounding(1);
        talk.press(60);
        assertThat(talk.improviser().isAnswering()).as("interrupted").isFalse();
        assertThat(phraseEndsHeard()).isEqualTo(1);
        assertThat(talk.unended()).isZero();
    }

    /** On a port that is handed messages ahead, what is due now is late. */
    @Test
    void shouldEndAsSoonAsTheWayOutCanWhenInterrupted() {
        long immediateNanos = 7 * MILLI;
        Conversation early =
                new Conversation(Settings.standard(Mode.CALL).withTiming(4 * MILLI, immediateNanos, 3 * MILLI), 3);
        early.playPhrase(12);
        early.untilSounding(1);
        early.pass(10 * MILLI);
        int before = early.sent().size();
        early.press(60);
        assertThat(early.unended()).isZero();
        assertThat(early.sent().size()).isGreaterThan(before);
        assertThat(early.sent().subList(before, early.sent().size()))
                .allSatisfy(each -> assertThat(each.dueNanos()).isGreaterThanOrEqualTo(early.nanos() + immediateNanos));
    }

    @Test
    void shouldGiveAnotherAnswerToTheSameCall() {
        talk.playPhrase(12);
        talk.pass(20 * SECOND);
        int first = talk.sent().size();
        long events = talk.improviser().mind().history().count();
        long start = talk.nanos();
        talk.ask(Control.AGAIN);
        assertThat(talk.improviser().mind().history().count())
                .as("the first answer is forgotten")
                .isLessThan(events);
        assertThat(notesHeard()).isEqualTo(12);
        assertThat(talk.improviser().isAnswering()).isTrue();
        talk.pass(20 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(2);
        int second = talk.sent().size();
        assertThat(second).isGreaterThan(first);
        assertThat(talk.sentSince(first, start))
                .isNotEqualTo(
                        talk.sentSince(0, talk.sent().getFirst().dueNanos()).subList(0, first));
        assertThat(talk.unended()).isZero();
        // And once more, in the middle of it.
        talk.ask(Control.AGAIN);
        talk.untilSounding(1);
        talk.ask(Control.AGAIN);
        assertThat(talk.unended()).isZero();
        talk.pass(20 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(4);
        assertThat(talk.sent().size()).isGreaterThan(second);
        assertThat(phraseEndsHeard()).as("of the call and of the last answer").isEqualTo(2);
    }

    @Test
    void shouldAnswerWhatWasPlayedSinceIfAskedAgainAfterANote() {
        talk.playPhrase(12);
        talk.pass(20 * SECOND);
        long events = talk.improviser().mind().history().count();
        talk.press(60);
        talk.pass(100 * MILLI);
        talk.lift(60);
        talk.ask(Control.AGAIN);
        assertThat(talk.improviser().isAnswering()).isTrue();
        assertThat(talk.improviser().mind().history().count())
                .as("nothing is forgotten")
                .isGreaterThan(events + 1);
        assertThat(notesHeard()).isEqualTo(13);
        talk.pass(20 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldGiveAnotherAnswerByTheSettingsOfNow() {
        talk.playPhrase(12);
        talk.untilSounding(1);
        Conversation twin = new Conversation(Networks.TUNED, Settings.standard(Mode.CALL), 1);
        twin.playPhrase(12);
        twin.until(talk.nanos());
        twin.set(Control.TEMPERATURE, Control.pack(2));
        twin.set(Control.TOP_P, Control.pack(1));
        talk.ask(Control.AGAIN);
        twin.ask(Control.AGAIN);
        talk.pass(20 * SECOND);
        twin.pass(20 * SECOND);
        assertThat(twin.sent()).isNotEqualTo(talk.sent());
    }

    @Test
    void shouldNotAnswerAPhraseThatWasOverBeforeTheModeChanged() {
        talk.set(Mode.HARMONY);
        talk.playPhrase(6);
        long nanos = talk.nanos() + 2 * SECOND;
        // Nobody has let time pass in between.
        talk.improviser().set(Control.MODE, Mode.CALL.number(), nanos, talk.out());
        talk.until(nanos + 20 * SECOND);
        assertThat(talk.improviser().answers()).isZero();
        talk.playPhrase(6);
        talk.pass(20 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldEndAllNotesWhenMutedAndKeepWhatWasHeard() {
        talk.playPhrase(12);
        talk.untilSounding(1);
        talk.set(Control.MUTE, 1);
        assertThat(talk.unended()).isZero();
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(notesHeard()).isEqualTo(12);
        int sent = talk.sent().size();
        talk.playPhrase(3);
        talk.pass(20 * SECOND);
        assertThat(talk.sent()).hasSize(sent);
        assertThat(notesHeard()).isEqualTo(15);
        talk.set(Control.MUTE, 0);
        talk.pass(20 * SECOND);
        assertThat(talk.sent()).as("that phrase is over").hasSize(sent);
        talk.playPhrase(3);
        talk.pass(20 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Property(tries = 60)
    void shouldAnswerInTimeWhenTheRestIsMadeShorterWhileItWaits(
            @ForAll @LongRange(max = 5_000) long waitMillis,
            @ForAll @LongRange(min = 200, max = 5_000) long restMillis) {
        Conversation waiting = new Conversation(Settings.standard(Mode.CALL), 1);
        waiting.set(Control.CALL_REST, 5 * SECOND);
        waiting.playPhrase(12);
        Listener listener = waiting.improviser().listener();
        long longestNanos = listener.phraseEndNanos(5 * SECOND, true) - waiting.nanos();
        waiting.pass(Math.min(waitMillis * MILLI, longestNanos) - 1);
        long now = Math.max(waiting.nanos(), listener.phraseEndNanos(restMillis * MILLI, true));
        waiting.set(Control.CALL_REST, restMillis * MILLI);
        waiting.pass(6 * SECOND);
        assertThat(waiting.improviser().answers()).isEqualTo(1);
        assertThat(waiting.sent().getFirst().dueNanos()).isBetween(now, now + 800 * MILLI);
        assertThat(waiting.notesOn()).isPositive();
    }

    /** Sounding voices that are all cut off at one instant sound like a mistake: the network's end waits for them. */
    @Test
    void shouldNotEndItsTurnWhileNotesSound() {
        int answers = 0;
        for (int seed = 1; seed <= 40; seed++) {
            Conversation one = new Conversation(Networks.PLAIN, Settings.standard(Mode.CALL), seed);
            one.playPhrase(12);
            one.pass(30 * SECOND);
            History history = one.improviser().mind().history();
            int sounding = 0;
            for (long i = 0; i < history.count(); i++) {
                int event = History.event(history.entry(i));
                sounding += Event.kind(event) == Event.ANSWER_ON ? 1 : 0;
                sounding -= Event.kind(event) == Event.ANSWER_OFF ? 1 : 0;
                if (Event.kind(event) == Event.PHRASE_END
                        && i > 0
                        && one.improviser().answers() > 0) {
                    assertThat(sounding).as("seed %d", seed).isZero();
                    answers++;
                }
            }
        }
        assertThat(answers).isGreaterThan(40);
    }
}
