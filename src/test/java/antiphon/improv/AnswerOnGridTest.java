package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Conversation.Sent;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The {@link Improviser} in answer to playing that has a pulse, or none. */
class AnswerOnGridTest {
    private static final long MILLI = Conversation.MILLI;
    private static final long BEAT_NANOS = 500 * MILLI;
    private static final int ANSWERS = 20;

    /** When the notes of answers to a call began, counted from one of the call's beats; the first of each answer apart. */
    private record Onsets(List<Long> first, List<Long> all) {
        double shareNear(long periodNanos, long nearNanos) {
            return (double) all.stream()
                            .filter(each -> off(each, periodNanos) <= nearNanos)
                            .count()
                    / all.size();
        }
    }

    private static double off(long nanos, long periodNanos) {
        return Math.abs(Math.IEEEremainder((double) nanos, (double) periodNanos));
    }

    /** Answers to eighths of 120 quarters a minute, those on the beat low. */
    private static Onsets answers(Mode mode, int percent) {
        Onsets onsets = new Onsets(new ArrayList<>(), new ArrayList<>());
        for (int seed = 1; seed <= ANSWERS; seed++) {
            Conversation talk = new Conversation(Settings.standard(mode), seed);
            talk.set(Control.GRID, percent);
            for (int i = 0; i < 24; i++) {
                talk.play(i * BEAT_NANOS / 2, i % 2 == 0 ? 43 : 67 + i % 5, 180 * MILLI);
            }
            talk.pass(15 * Conversation.SECOND);
            List<Long> ons =
                    talk.sent().stream().filter(Sent::isOn).map(Sent::dueNanos).toList();
            onsets.first().add(ons.getFirst());
            onsets.all().addAll(ons);
        }
        return onsets;
    }

    /** Both notes of a beat are as loud for the network, which is not trained; the call has accents. */
    @Test
    void shouldAccentTheBeatAsTheCallDoes() {
        double louder = 0;
        for (int seed = 1; seed <= ANSWERS; seed++) {
            Conversation talk = new Conversation(Settings.standard(Mode.CALL), seed);
            talk.set(Control.GRID, 100);
            for (int i = 0; i < 24; i++) {
                talk.until(i * BEAT_NANOS / 2);
                talk.hear(0, Message.noteOn(0, i % 2 == 0 ? 43 : 67 + i % 5, i % 2 == 0 ? 90 : 66));
                talk.pass(180 * MILLI);
                talk.lift(i % 2 == 0 ? 43 : 67 + i % 5);
            }
            talk.pass(15 * Conversation.SECOND);
            louder += velocity(talk, true) - velocity(talk, false);
        }
        assertThat(louder / ANSWERS).isBetween(12.0, 32.0);
    }

    private static double velocity(Conversation talk, boolean onBeat) {
        return talk.sent().stream()
                .filter(Sent::isOn)
                .filter(each -> off(each.dueNanos(), BEAT_NANOS) < 50 * MILLI == onBeat)
                .mapToInt(each -> Message.data2(each.message()))
                .average()
                .orElseThrow();
    }

    /** Three notes say nothing of a tempo; four taps before do. */
    @Test
    void shouldEnterOnABeatThatWasTapped() {
        for (int seed = 1; seed <= ANSWERS; seed++) {
            Conversation talk = new Conversation(Settings.standard(Mode.CALL), seed);
            talk.set(Control.GRID, 100);
            for (int i = 0; i < 4; i++) {
                talk.until(i * BEAT_NANOS);
                talk.ask(Control.TAP);
            }
            for (int i = 4; i < 7; i++) {
                talk.play(i * BEAT_NANOS + i * 11L * MILLI, 60 + i, 200 * MILLI);
            }
            talk.pass(10 * Conversation.SECOND);
            List<Long> ons =
                    talk.sent().stream().filter(Sent::isOn).map(Sent::dueNanos).toList();
            assertThat(off(ons.getFirst(), BEAT_NANOS)).isLessThan(1 * MILLI);
            assertThat(ons)
                    .allSatisfy(each -> assertThat(off(each, BEAT_NANOS / 2)).isLessThan(3 * MILLI));
        }
    }

    @Test
    void shouldAnswerOnTheGridThatTheHumanPlaysOn() {
        for (Mode mode : List.of(Mode.CALL, Mode.CONTINUE)) {
            Onsets onsets = answers(mode, 100);
            assertThat(onsets.all()).hasSizeGreaterThan(10 * ANSWERS);
            assertThat(onsets.shareNear(BEAT_NANOS / 2, 35 * MILLI))
                    .as("%s", mode)
                    .isGreaterThan(0.95);
            assertThat(onsets.first())
                    .allSatisfy(each -> assertThat(off(each, BEAT_NANOS)).isLessThan(40 * MILLI));
        }
    }

    @Test
    void shouldMostlyKeepToTheGridAsItShips() {
        assertThat(answers(Mode.CALL, 80).shareNear(BEAT_NANOS / 2, 35 * MILLI)).isGreaterThan(0.9);
    }

    @Test
    void shouldPlayFreelyWithoutTheGrid() {
        Onsets onsets = answers(Mode.CALL, 0);
        assertThat(onsets.shareNear(BEAT_NANOS / 2, 35 * MILLI)).isLessThan(0.6);
        assertThat(onsets.first())
                .anySatisfy(each -> assertThat(off(each, BEAT_NANOS)).isGreaterThan(40 * MILLI));
    }
}
