package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.file.Timeline;
import antiphon.music.Message;
import antiphon.music.TimedMessages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastAnswerTest {
    private static final long MILLI = 1_000_000L;

    private final TimedMessages.Recorder human = new TimedMessages.Recorder();
    private final TimedMessages.Recorder answer = new TimedMessages.Recorder();

    private static void note(TimedMessages.Recorder of, int pitch, long fromMillis, long untilMillis) {
        of.send(Message.noteOn(1, pitch, 80), fromMillis * MILLI);
        of.send(Message.noteOff(1, pitch), untilMillis * MILLI);
    }

    private int first() {
        TimedMessages last = LastAnswer.of(human.messages(), answer.messages());
        return last.size() == 0 ? -1 : Message.data1(last.message(0));
    }

    @Test
    void shouldBeginAfterWhatTheHumanPlayedLast() {
        note(human, 60, 0, 400);
        note(answer, 70, 1_000, 1_400);
        note(answer, 71, 1_500, 1_600);
        note(human, 61, 1_700, 1_800);
        note(answer, 72, 2_500, 2_600);
        note(answer, 73, 4_500, 4_600);
        assertThat(first()).isEqualTo(72);
    }

    @Test
    void shouldBeginAfterALongSilence() {
        note(answer, 70, 0, 400);
        note(answer, 71, 2_500, 2_600);
        note(answer, 72, 4_500, 4_600);
        assertThat(first()).isEqualTo(71);
    }

    @Test
    void shouldNotBeDividedByNotesUnderTheHumansLine() {
        note(human, 60, 0, 400);
        note(answer, 50, 10, 400);
        note(human, 62, 500, 900);
        note(answer, 53, 510, 900);
        assertThat(first()).isEqualTo(50);
    }

    @Test
    void shouldBeNoneWhereNothingWasAnswered() {
        note(human, 60, 0, 400);
        assertThat(first()).isEqualTo(-1);
    }

    @Test
    void shouldStandOnTheBeatsOfItsTake() {
        note(human, 60, 0, 400);
        note(answer, 72, 3_700, 4_000);
        List<Timeline.Tempo> tempos = List.of(
                new Timeline.Tempo(0, 500_000),
                new Timeline.Tempo(1_000 * MILLI, 600_000),
                new Timeline.Tempo(4_000 * MILLI, 700_000));
        Take take = new Take(Path.of("a"), "today", human.messages(), answer.messages(), tempos, 3);
        assertThat(take.beats(5_000 * MILLI))
                .containsExactly(
                        0L,
                        500 * MILLI,
                        1_000 * MILLI,
                        1_600 * MILLI,
                        2_200 * MILLI,
                        2_800 * MILLI,
                        3_400 * MILLI,
                        4_000 * MILLI,
                        4_700 * MILLI);
        Take last = take.lastAnswer();
        assertThat(last.human().size()).isZero();
        assertThat(last.answer().nanos(0)).isEqualTo(300 * MILLI);
        assertThat(last.tempos())
                .containsExactly(new Timeline.Tempo(0, 600_000), new Timeline.Tempo(600 * MILLI, 700_000));
        assertThat(last.timeline().metres()).extracting(Timeline.Metre::beats).containsExactly(3);
    }
}
