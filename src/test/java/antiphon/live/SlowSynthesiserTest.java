package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When messages leave for a synthesiser that sounds 70 ms after it gets them. */
class SlowSynthesiserTest {
    private static final long MILLI = HandDriven.MILLI;
    private static final long OFFSET_NANOS = 70 * MILLI;
    private static final long EIGHTH_NANOS = 250 * MILLI;
    private static final long LEAD_NANOS = 4 * MILLI;
    private static final long PERIOD_NANOS = 2_666_667;
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));

    private static HandDriven session(Mode mode, boolean schedules, boolean thru) {
        Settings standard = Settings.standard(mode);
        Settings timed = schedules ? standard.withTiming(LEAD_NANOS, 2 * PERIOD_NANOS, PERIOD_NANOS) : standard;
        HandDriven session =
                new HandDriven(MODEL, timed.withOffset(OFFSET_NANOS), 5, thru, HeldNotes.NOWHERE, schedules);
        session.begin();
        session.path.controls().submit(Control.GRID, 100);
        return session;
    }

    private static List<Long> leavings(HandDriven session) {
        return IntStream.range(0, session.out.size())
                .filter(i -> !session.out.isThru(i) && Message.isNoteOn(session.out.message(i)))
                .mapToObj(session.out::sentNanos)
                .toList();
    }

    /** Without thru the human's own sound is prompt; with thru it is as late as the answer's. */
    @ParameterizedTest
    @CsvSource({"true,false", "false,false", "true,true", "false,true"})
    void shouldBeHeardOnTheBeatAsTheHumanHearsIt(boolean schedules, boolean thru) {
        HandDriven session = session(Mode.CALL, schedules, thru);
        assertHeardOnTheBeat(session, (schedules ? PERIOD_NANOS : 0) + (thru ? OFFSET_NANOS : 0));
        assertThat(session.meters.sentMinusDueNanos.sinceStart().getMaxValue())
                .as("handed over in time")
                .isLessThan(MILLI);
        assertThat(session.meters.lateNotes.get()).isZero();
    }

    /** Plays eighths and hears the answer, so much later than its beat is played. */
    private static void assertHeardOnTheBeat(HandDriven session, long laterNanos) {
        long startNanos = session.nanos();
        for (int i = 0; i < 24; i++) {
            session.pass(startNanos + i * EIGHTH_NANOS - session.nanos());
            session.note(i % 2 == 0 ? 43 : 67 + i % 5, 180);
        }
        session.pass(8_000 * MILLI);
        List<Long> leavings = leavings(session);
        assertThat(leavings).hasSizeGreaterThan(10);
        assertThat(leavings).allSatisfy(leaves -> {
            long heardNanos = leaves + OFFSET_NANOS - startNanos - laterNanos;
            assertThat(Math.abs(Math.IEEEremainder((double) heardNanos, (double) EIGHTH_NANOS / 2)))
                    .isLessThan(3e6);
        });
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldBeHeardAsTheHumanHearsItWhenThruIsChangedWhilePlaying(boolean thru) {
        HandDriven session = session(Mode.CALL, false, !thru);
        session.path.controls().submit(Control.THRU, thru ? 1 : 0);
        assertHeardOnTheBeat(session, thru ? OFFSET_NANOS : 0);
    }

    @Test
    void shouldAnswerAtOnceAsSoonAsItCan() {
        HandDriven session = session(Mode.HARMONY, true, false);
        for (int i = 0; i < 20; i++) {
            long playedNanos = session.nanos();
            session.note(50 + i, 100);
            List<Long> leavings = leavings(session);
            assertThat(leavings).hasSize(i + 1);
            assertThat(leavings.getLast()).isEqualTo(playedNanos + 2 * PERIOD_NANOS);
            session.pass(100 * MILLI);
        }
    }

    /** The offset may not turn the order of a note and its end around. */
    @Test
    void shouldEndAVoiceAfterItBeganThoughTheModeChangesAtOnce() {
        HandDriven session = session(Mode.HARMONY, true, false);
        session.play(0, Message.noteOn(0, 60, 80));
        session.work();
        session.path.controls().submit(Control.MODE, Mode.LISTEN.number());
        session.work();
        assertThat(session.out.size()).isEqualTo(2);
        assertThat(Message.isNoteOff(session.out.message(1))).isTrue();
        assertThat(session.out.sentNanos(1)).isGreaterThanOrEqualTo(session.out.sentNanos(0));
    }
}
