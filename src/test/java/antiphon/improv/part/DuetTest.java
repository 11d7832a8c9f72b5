package antiphon.improv.part;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Conversation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.Dials;
import antiphon.improv.Enter;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Plan;
import antiphon.improv.Settings;
import antiphon.improv.listen.Pulse;
import antiphon.music.Event;
import antiphon.music.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DuetTest {
    private static final long BEAT = 500 * MILLI;
    private static final int[] TUNE = {72, 74, 76, 77, 79, 77, 76, 74};

    private final Conversation talk = new Conversation(Networks.TUNED, Settings.standard(Mode.DUET), 1);

    /** Plays the tune in quarters from now on, so many beats. */
    private long play(int beats) {
        long start = talk.nanos();
        for (int i = 0; i < beats; i++) {
            talk.play(start + i * BEAT, TUNE[i % TUNE.length], BEAT * 3 / 4);
        }
        talk.until(start + beats * BEAT);
        return start;
    }

    private List<Sent> notes(long from, long until) {
        return talk.sent().stream()
                .filter(each -> each.isOn() && each.dueNanos() >= from && each.dueNanos() < until)
                .toList();
    }

    @Test
    void shouldPlayAtTheSameTimeOnTheHumansGrid() {
        long start = play(32);
        List<Sent> notes = notes(start, start + 32 * BEAT);
        assertThat(notes).hasSizeGreaterThan(12);
        long onGrid = notes.stream()
                .filter(each ->
                        Math.abs(Math.IEEEremainder((double) (each.dueNanos() - start), BEAT / 2.0)) < 35 * MILLI)
                .count();
        assertThat((double) onGrid / notes.size()).isGreaterThan(0.9);
    }

    @Test
    void shouldStayOutOfTheHumansRegisterAndInTheirKey() {
        long start = play(32);
        assertThat(notes(start + 4 * SECOND, start + 32 * BEAT))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.pitch()).isLessThan(72));
        assertThat(notes(start + 4 * SECOND, start + 32 * BEAT))
                .allSatisfy(each -> assertThat(each.pitch() % 12).isIn(0, 2, 4, 5, 7, 9, 11));
    }

    @Test
    void shouldPlanAheadAndPlanAnewWhatLiesBeyondTheNextMomentWhenTheHumanPlays() {
        play(16);
        talk.pass(250 * MILLI);
        Plan plan = talk.improviser().plan();
        long ahead = talk.nanos() + SECOND;
        assertThat(plan.dueNanos(plan.size() - 1)).isGreaterThan(ahead);
        talk.press(76);
        for (int i = 0; i < plan.size(); i++) {
            assertThat(plan.dueNanos(i)).isLessThan(talk.nanos() + 140 * MILLI);
        }
        talk.pass(MILLI);
        assertThat(plan.dueNanos(plan.size() - 1)).isGreaterThan(ahead);
        assertThat(plan.isWhole()).isTrue();
    }

    @Test
    void shouldPlayWhatIsDueWithTheHumansNoteOnTheSameStep() {
        play(16);
        Plan plan = talk.improviser().plan();
        int place = 0;
        while (Event.kind(plan.event(place)) != Event.ANSWER_ON) {
            place++;
        }
        long due = plan.dueNanos(place);
        int pitch = Event.pitch(plan.event(place));
        // A human who is a little early.
        talk.until(due - 18 * MILLI);
        talk.press(76);
        talk.until(due + 20 * MILLI);
        assertThat(notes(due - MILLI, due + MILLI)).extracting(Sent::pitch).contains(pitch);
    }

    @Test
    void shouldEndSoonAfterTheHumanAndPlayAgainWithThem() {
        play(16);
        long stopped = talk.nanos();
        talk.pass(8 * SECOND);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.unended()).isZero();
        assertThat(notes(stopped + 3 * SECOND, Long.MAX_VALUE)).isEmpty();
        assertThat(talk.improviser().answers()).isEqualTo(1);
        play(8);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldLeaveRoomForWhoIsBusy() {
        Room room = new Room(new Dials(Settings.standard(Mode.DUET)), new Pulse());
        for (int i = 0; i < 40; i++) {
            room.hear(80, 1, 250L * i * MILLI);
        }
        long last = 39 * 250 * MILLI;
        double busy = room.notesPerSecond(last);
        double atRest = room.notesPerSecond(last + 2 * SECOND);
        assertThat(busy).isBetween(1.0, 3.0);
        assertThat(atRest).isGreaterThan(1.6 * busy);
        assertThat(room.loudest()).isBetween(65.0, 75.0);
    }

    @Test
    void shouldRestForABarAfterAVeto() {
        play(16);
        talk.ask(Control.VETO);
        long vetoed = talk.nanos();
        play(2);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.unended()).isZero();
        assertThat(notes(vetoed + BEAT + 50 * MILLI, talk.nanos())).isEmpty();
        play(12);
        assertThat(talk.improviser().isAnswering()).isTrue();
    }

    @Test
    void shouldBeSilentAfterAPanicUntilTheHumanHasPlayedOn() {
        play(16);
        talk.ask(Control.PANIC);
        assertThat(talk.unended()).isZero();
        int sent = talk.sent().size();
        talk.pass(3 * SECOND);
        assertThat(talk.sent()).hasSize(sent);
        play(8);
        assertThat(talk.sent()).hasSizeGreaterThan(sent);
    }

    @ParameterizedTest
    @EnumSource(Enter.class)
    void shouldGiveTheSameMusicHoweverOftenItsDreamIsBroken(Enter enter) {
        Conversation other = new Conversation(Networks.TUNED, Settings.standard(Mode.DUET), 1);
        for (Conversation each : List.of(talk, other)) {
            each.set(Control.ENTER, enter.number());
            each.hear(0, Message.START);
            for (int tick = 0; tick < 3 * 24; tick++) {
                each.until(tick * BEAT / 24);
                each.hear(0, Message.CLOCK);
            }
            each.until(3 * BEAT);
        }
        play(16);
        for (int i = 0; i < 16; i++) {
            long beat = (3 + i) * BEAT;
            other.until(beat);
            other.press(TUNE[i % TUNE.length]);
            for (int moment = 1; moment < 15; moment++) {
                other.until(beat + 25L * moment * MILLI);
                other.improviser().prepare();
            }
            other.until(beat + BEAT * 3 / 4);
            other.lift(TUNE[i % TUNE.length]);
        }
        other.until((3 + 16) * BEAT);
        assertThat(other.sent()).isEqualTo(talk.sent());
    }
}
