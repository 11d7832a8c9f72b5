package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the real engine, on ports in memory; quicker clicks than people are given. */
@Timeout(60)
class CalibrationTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final long MILLI = 1_000_000L;
    private static final long PERIOD_NANOS = 120 * MILLI;
    private static final int CLICKS = 18;

    private final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);
    private final LiveSession session = new LiveSession(
            backend,
            MODEL,
            Impatient.settings(Mode.CALL),
            7,
            new Ports(List.of(), List.of(), true, 40 * MILLI, null, true, false));
    private final Calibration calibration = new Calibration(session.tap(), session.controls(), PERIOD_NANOS);
    private final MemoryBackend.Input keyboard;
    private final MemoryBackend.Output out;
    private int answered;

    CalibrationTest() {
        session.start();
        keyboard = backend.input("in");
        out = backend.output("out");
    }

    @AfterEach
    void close() {
        calibration.end();
        session.close();
    }

    private static void await(BooleanSupplier until) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!until.getAsBoolean()) {
            assertThat(System.nanoTime() - endNanos).as("not within 30 s").isNegative();
            LockSupport.parkNanos(MILLI);
        }
    }

    private void play(int message) {
        keyboard.inject(message, System.nanoTime());
    }

    private boolean isRunning() {
        return calibration.state().phase() == Calibration.Phase.RUNNING;
    }

    /** Taps so long after each click has left, until it has ended. */
    private void tapAlong(long laterNanos, int clicks) {
        answer(click -> Message.noteOn(0, 60, 100), laterNanos, 3 * MILLI, clicks);
    }

    /** The same as nothing but a cable does it. */
    private void echo(long laterNanos) {
        answer(click -> out.message(2 * click), laterNanos, 0, CLICKS);
    }

    private void answer(IntUnaryOperator message, long laterNanos, long unevenNanos, int clicks) {
        await(() -> {
            if (answered < Math.min(out.size(), 2 * clicks)) {
                long tapNanos = out.dueNanos(answered) + laterNanos + (answered / 2 % 5 - 2) * unevenNanos;
                if (!Message.isNoteOn(out.message(answered))) {
                    answered++;
                } else if (System.nanoTime() - tapNanos >= 0) {
                    int tap = message.applyAsInt(answered / 2);
                    keyboard.inject(tap, tapNanos);
                    keyboard.inject(Message.noteOff(Message.channel(tap), Message.data1(tap)), tapNanos);
                    answered++;
                }
            }
            return !isRunning();
        });
    }

    @Test
    void shouldMeasureWithClicksThatNobodyAnswersAndTapsThatAreNoMusic() {
        calibration.begin();
        calibration.begin();
        tapAlong(15 * MILLI, CLICKS);
        assertThat(calibration.state().phase()).as(calibration.state().line()).isEqualTo(Calibration.Phase.DONE);
        assertThat(calibration.state().taps()).isEqualTo(CLICKS - 4);
        assertThat(calibration.state().offsetMillis())
                .as("whatever offset is set, the clicks leave without it")
                .isBetween(34, 36);
        assertThat(out.size()).as("clicks and nothing else, no thru").isEqualTo(2 * CLICKS);
        assertThat(session.hearing().notes()).isZero();
        assertThat(session.hearing().agoNanos()).isNegative();
        await(() -> session.controls().value(Control.CALIBRATE) == 0);
        play(Message.noteOn(0, 60, 80));
        play(Message.noteOff(0, 60));
        await(() -> session.notesAnswered() > 0);
        calibration.end();
        assertThat(calibration.state().phase()).isEqualTo(Calibration.Phase.IDLE);
    }

    @Test
    void shouldRefuseWhoTapsTooSeldomAndEndWithPanic() {
        calibration.begin();
        tapAlong(15 * MILLI, 6);
        assertThat(calibration.state().phase()).isEqualTo(Calibration.Phase.REFUSED);
        assertThat(calibration.state().line()).startsWith("You tapped 2 of the clicks");
        await(() -> session.controls().value(Control.CALIBRATE) == 0);
        await(() -> {
            calibration.begin();
            return isRunning();
        });
        await(() -> session.controls().value(Control.CALIBRATE) == 1);
        session.controls().apply(Control.PANIC, 0);
        await(() -> !isRunning());
        assertThat(calibration.state().phase()).isEqualTo(Calibration.Phase.IDLE);
        assertThat(calibration.state().offsetMillis()).isNull();
    }

    /** Many synthesisers send on what they get. */
    @Test
    void shouldNotTakeAnEchoOfItsClicksForTaps() {
        calibration.begin();
        echo(2 * MILLI);
        assertThat(calibration.state().offsetMillis())
                .as(calibration.state().line())
                .isNull();
    }

    @Test
    void shouldEndAtOnceAndEndWhatWasHeldBefore() {
        play(Message.noteOn(0, 64, 80));
        await(() -> session.hearing().heldKeys() == 1);
        calibration.begin();
        await(() -> session.controls().value(Control.CALIBRATE) == 1);
        play(Message.noteOff(0, 64));
        await(() -> session.hearing().heldKeys() == 0);
        calibration.end();
        assertThat(session.controls().value(Control.CALIBRATE)).isZero();
        int size = out.size();
        assertThat(isRunning()).isFalse();
        session.controls().apply(Control.CLICK, System.nanoTime() + 10 * MILLI);
        assertThat(out.size()).as("no click outside of it").isEqualTo(size);
    }
}
