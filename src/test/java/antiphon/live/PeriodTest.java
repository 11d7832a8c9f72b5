package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The period of the MIDI system changes while we play. */
class PeriodTest {
    private static final long MILLI = HandDriven.MILLI;
    private static final Settings HARMONY = Settings.standard(Mode.HARMONY).withTiming(4 * MILLI, 6 * MILLI, 3 * MILLI);
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(4, 6, 1, 1));

    private final HandDriven session = new HandDriven(MODEL, HARMONY, 7, true, HeldNotes.NOWHERE);
    private long periodNanos = 3 * MILLI;
    private final Period period = new Period(() -> this.periodNanos, session.path.controls());

    @Test
    void shouldTellTheEngineOnceWhenItHasChanged() {
        session.begin();
        period.portsChanged();
        session.work();
        assertThat(controlsTapped()).isEmpty();
        periodNanos = 21 * MILLI;
        period.portsChanged();
        period.portsChanged();
        session.work();
        assertThat(controlsTapped()).containsExactly(21 * MILLI);
        assertThat(session.path.controls().value(Control.PERIOD)).isEqualTo(21 * MILLI);
    }

    private final Tap.Reader tapped = session.tap.newReader();

    private List<Long> controlsTapped() {
        List<Long> values = new ArrayList<>();
        while (tapped.read(entry -> {
            if (entry.what() == Tap.CONTROL && entry.message() == Control.PERIOD.number()) {
                values.add(entry.value());
            }
        })) {
            // It has been added.
        }
        return values;
    }

    @Test
    void shouldTellItAgainWhenTheRingWasFull() {
        session.begin();
        for (int i = 0; i < MessageRing.CAPACITY; i++) {
            session.path.controls().submit(Control.THRU, 1);
        }
        periodNanos = 21 * MILLI;
        period.portsChanged();
        session.work();
        period.portsChanged();
        session.work();
        assertThat(session.path.improviser().dials().thruNanos()).isEqualTo(21 * MILLI);
    }

    @Test
    void shouldAnswerAtOnceTwoOfTheNewPeriodsLater() {
        session.begin();
        session.note(60, 100);
        long before = session.meters.inToAnswerNanos.sinceStart().getMaxValue();
        session.path.controls().submit(Control.PERIOD, 21 * MILLI);
        session.work();
        session.play(0, Message.noteOn(0, 62, 80));
        session.pass(100 * MILLI);
        session.play(0, Message.noteOff(0, 62));
        session.pass(100 * MILLI);
        assertThat(before).isBetween(6 * MILLI - 60_000, 6 * MILLI + 60_000);
        assertThat(session.meters.inToAnswerNanos.sinceStart().getMaxValue())
                .isBetween(42 * MILLI - 400_000, 42 * MILLI + 400_000);
    }
}
