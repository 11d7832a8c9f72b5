package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways: called directly, before a port that schedules; and behind a ring, where it waits until things are due. */
class SenderTest {
    private static final long MILLI = 1_000_000L;
    private static final long IMMEDIATE_NANOS = 3 * MILLI;

    private final Meters meters = new Meters();
    private final OutRing ring = new OutRing();
    private final FakePort port = new FakePort();
    private long now;

    /** Before a port that schedules. */
    private Sender direct() {
        return new Sender(port, true, IMMEDIATE_NANOS, null, meters, () -> now);
    }

    /** Behind the ring. */
    private Sender waiting() {
        return new Sender(port, false, IMMEDIATE_NANOS, ring, meters, () -> now);
    }

    private void publish(int message, long dueNanos) {
        assertThat(ring.send(message, dueNanos, Slot.NO_CAUSE)).isTrue();
    }

    private static void send(Sender sender, int message, long dueNanos) {
        assertThat(sender.send(message, dueNanos, Slot.NO_CAUSE)).isTrue();
    }

    /** A sender, and the way to it. */
    private record Way(Sender sender, Outlet outlet) {}

    private Way way(boolean schedules) {
        Sender sender = schedules ? direct() : waiting();
        return new Way(sender, schedules ? sender : ring);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTellThePortWhatAnAnswerAtOnceAnswers(boolean schedules) {
        Way way = way(schedules);
        // A note that the human interrupts ends for a cause too, but as soon as it can.
        assertThat(way.outlet.send(Message.noteOff(1, 60), 2 * MILLI, 2 * MILLI))
                .isTrue();
        assertThat(way.outlet.send(Message.noteOn(1, 64, 80), 5 * MILLI, 2 * MILLI))
                .isTrue();
        now = 5 * MILLI;
        way.sender.doWork();
        assertThat(port.sent).containsExactly(Message.noteOff(1, 60), Message.noteOn(1, 64, 80));
        assertThat(port.answered).containsExactly(2 * MILLI);
    }

    @Test
    void shouldHandEverythingAtOnceToAPortThatSchedules() {
        Sender sender = direct();
        send(sender, Message.noteOn(1, 64, 80), 50 * MILLI);
        send(sender, Message.noteOn(1, 60, 80), 30 * MILLI);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 64, 80), Message.noteOn(1, 60, 80));
        assertThat(port.dueNanos).containsExactly(50 * MILLI, 30 * MILLI);
        assertThat(sender.doWork()).isEqualTo(Long.MAX_VALUE);
        assertThat(sender.hasWork()).isFalse();
        assertThat(port.sent).hasSize(2);
    }

    @Test
    void shouldSendInOrderOfTimeAndNothingBeforeItIsDue() {
        Sender sender = waiting();
        publish(Message.noteOn(1, 64, 80), 50 * MILLI);
        publish(Message.noteOn(1, 60, 80), 30 * MILLI);
        assertThat(sender.hasWork()).isTrue();
        assertThat(sender.doWork()).isBetween(29 * MILLI, 30 * MILLI);
        assertThat(sender.hasWork()).isFalse();
        assertThat(port.sent).isEmpty();
        now = 30 * MILLI;
        assertThat(sender.doWork()).isBetween(49 * MILLI, 50 * MILLI);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80));
        now = 50 * MILLI;
        assertThat(sender.doWork()).isEqualTo(Long.MAX_VALUE);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOn(1, 64, 80));
        assertThat(port.dueNanos).containsExactly(30 * MILLI, 50 * MILLI);
    }

    @Test
    void shouldWakeJustBeforeDueWhereThePortCannotSchedule() {
        Sender sender = waiting();
        publish(Message.noteOn(1, 60, 80), 30 * MILLI);
        assertThat(sender.doWork()).isBetween(29 * MILLI, 30 * MILLI);
        now = 30 * MILLI;
        sender.doWork();
        assertThat(port.sent).hasSize(1);
    }

    @Test
    void shouldMeasureFromWhatCausedAMessageUntilItLeaves() {
        Sender sender = direct();
        now = 100 * MILLI;
        sender.send(Message.noteOn(1, 60, 80), 104 * MILLI, 97 * MILLI);
        sender.send(Message.noteOff(1, 61), 99 * MILLI, 98 * MILLI);
        sender.send(Message.noteOff(1, 62), 99 * MILLI, Slot.NO_CAUSE);
        Histogram nanos = meters.inToAnswerNanos.sinceStart();
        assertThat(meters.inToAnswerNanos.count()).isEqualTo(2);
        assertThat((double) nanos.getMinValue())
                .as("late: when handed over")
                .isCloseTo(2.0 * MILLI, within(0.01 * MILLI * 2));
        assertThat((double) nanos.getMaxValue()).as("ahead: when due").isCloseTo(7.0 * MILLI, within(0.01 * MILLI * 7));
        assertThat(meters.sentMinusDueNanos.count()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTryANoteOffAgainUntilThePortTakesIt(boolean schedules) {
        Way way = way(schedules);
        way.outlet.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE);
        way.sender.doWork();
        port.setFull(true);
        assertThat(way.outlet.send(Message.noteOff(1, 60), 0, Slot.NO_CAUSE)).isTrue();
        assertThat(way.outlet.send(Message.noteOn(1, 62, 80), 0, Slot.NO_CAUSE)).isTrue();
        long againNanos = way.sender.doWork();
        assertThat(againNanos).isEqualTo(MILLI);
        assertThat(meters.portRefusals.get()).isPositive();
        port.setFull(false);
        now = againNanos;
        assertThat(way.sender.doWork()).isEqualTo(Long.MAX_VALUE);
        assertThat(port.sent)
                .containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60), Message.noteOn(1, 62, 80));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDropANoteOnThatThePortDoesNotTake(boolean schedules) {
        Way way = way(schedules);
        port.setFull(true);
        assertThat(way.outlet.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE)).isEqualTo(!schedules);
        way.sender.doWork();
        assertThat(meters.portRefusals.get()).isEqualTo(1);
        port.setFull(false);
        now = MILLI;
        assertThat(way.sender.doWork()).isEqualTo(Long.MAX_VALUE);
        assertThat(port.sent).as("late would be worse than never").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWhatSoundsThoughThePortThrowsAnError(boolean schedules) {
        Way way = way(schedules);
        way.outlet.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE);
        way.sender.doWork();
        port.error = new OutOfMemoryError("on purpose");
        port.failures = 1;
        way.outlet.send(Message.noteOff(1, 60), 0, Slot.NO_CAUSE);
        way.sender.doWork();
        now += MILLI;
        way.sender.doWork();
        assertThat(meters.failures.get()).isEqualTo(1);
        assertThat(port.hanging()).isEmpty();
    }

    /** More than waits here finds no room: it stays in the ring, which keeps room for what ends notes. */
    @Test
    void shouldLoseNoNoteOffHoweverMuchWaits() {
        Sender sender = waiting();
        List<Integer> refused = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            if (ring.send(Message.noteOff(i % 16, i / 16 % 128), 50 * MILLI, Slot.NO_CAUSE)) {
                taken++;
            } else {
                refused.add(i);
                sender.doWork();
            }
        }
        assertThat(refused).as("the engine tries these again").isNotEmpty();
        assertThat(meters.outRingDrops.get()).isZero();
        assertThat(sender.doWork()).as("no spinning while it waits").isGreaterThan(now);
        assertThat(sender.hasWork()).isFalse();
        now = 50 * MILLI;
        sender.doWork();
        sender.doWork();
        assertThat(port.sent).hasSize(taken);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWhatSoundsThoughThePortFails(boolean schedules) {
        Way way = way(schedules);
        way.outlet.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE);
        way.sender.doWork();
        port.failures = 3;
        way.outlet.send(Message.noteOn(1, 62, 80), 0, Slot.NO_CAUSE);
        way.outlet.send(Message.noteOff(1, 60), 0, Slot.NO_CAUSE);
        for (int i = 0; i < 5; i++) {
            now += MILLI;
            way.sender.doWork();
        }
        assertThat(meters.failures.get()).isEqualTo(3);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReleaseEverythingEvenIfThePortIsFullAtFirst(boolean schedules) {
        Way way = way(schedules);
        for (int pitch = 40; pitch < 60; pitch++) {
            way.outlet.send(Message.noteOn(1, pitch, 80), 0, Slot.NO_CAUSE);
        }
        way.sender.doWork();
        port.setFull(true);
        for (int pitch = 40; pitch < 60; pitch++) {
            assertThat(way.outlet.send(Message.noteOff(1, pitch), 0, Slot.NO_CAUSE))
                    .isTrue();
        }
        way.sender.doWork();
        port.setFull(false);
        now = 2 * MILLI;
        way.sender.doWork();
        assertThat(port.sent.stream().filter(Message::isNoteOff)).hasSize(20);
        assertThat(port.hanging()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndEverythingAtTheSecondTryOfTheLastCallIfThePortIsFullAtTheFirst(boolean schedules) {
        Way way = way(schedules);
        way.outlet.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE);
        way.outlet.send(Message.noteOn(1, 64, 80), 0, Slot.NO_CAUSE);
        way.sender.doWork();
        port.setFull(true);
        way.outlet.send(Message.noteOff(1, 60), 0, Slot.NO_CAUSE);
        way.outlet.send(Message.noteOff(1, 64), 0, Slot.NO_CAUSE);
        assertThat(way.sender.finish()).isFalse();
        port.setFull(false);
        assertThat(way.sender.finish()).isTrue();
        assertThat(port.hanging()).isEmpty();
    }

    /** As after SIGSTOP and SIGCONT: what waited must not begin all at once. */
    @Test
    void shouldDropWhatBecameTooLateWhileItWaitedAndSendEveryEnd() {
        Sender sender = waiting();
        publish(Message.noteOn(1, 60, 80), 0);
        sender.doWork();
        publish(Message.noteOff(1, 60), 5 * MILLI);
        publish(Message.noteOn(1, 62, 80), 10 * MILLI);
        publish(Message.noteOff(1, 62), 400 * MILLI);
        publish(Message.noteOn(1, 64, 80), 2_899 * MILLI);
        publish(Message.noteOn(1, 65, 80), 2_900 * MILLI);
        publish(Message.noteOn(1, 67, 80), 2_980 * MILLI);
        publish(Message.control(1, Message.SUSTAIN_PEDAL, 0), 500 * MILLI);
        now = 3_000 * MILLI;
        sender.doWork();
        assertThat(port.sent)
                .containsExactly(
                        Message.noteOn(1, 60, 80),
                        Message.noteOff(1, 60),
                        Message.noteOff(1, 62),
                        Message.control(1, Message.SUSTAIN_PEDAL, 0),
                        Message.noteOn(1, 65, 80),
                        Message.noteOn(1, 67, 80));
        assertThat(meters.droppedLateNotes.get()).isEqualTo(2);
        assertThat(meters.lateNotes.get()).as("played, and counted").isEqualTo(1);
        assertThat(meters.portRefusals.get()).isZero();
        assertThat(meters.outRingDrops.get()).isZero();
    }

    @Test
    void shouldDropWhatIsTooLateAtTheHandOverToAPortThatSchedules() {
        Sender sender = direct();
        now = 3_000 * MILLI;
        send(sender, Message.noteOn(1, 60, 80), 2_899 * MILLI);
        send(sender, Message.noteOn(1, 62, 80), 2_950 * MILLI);
        send(sender, Message.noteOff(1, 60), 0);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 62, 80), Message.noteOff(1, 60));
        assertThat(meters.droppedLateNotes.get()).isEqualTo(1);
        assertThat(meters.lateNotes.get()).as("the port counts").isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeginNoNoteAndEndAllWhenItFinishes(boolean schedules) {
        Way way = way(schedules);
        way.outlet.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE);
        way.sender.doWork();
        port.setFull(true);
        way.outlet.send(Message.noteOff(1, 60), 0, Slot.NO_CAUSE);
        way.outlet.send(Message.noteOn(1, 62, 80), MILLI, Slot.NO_CAUSE);
        port.setFull(false);
        way.sender.finish();
        now = 10 * MILLI;
        way.sender.doWork();
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldAllocateNothingPerMessage(boolean schedules) {
        port.recording = false;
        Way way = way(schedules);
        Runnable tenThousandMessages = () -> {
            for (int i = 0; i < 5_000; i++) {
                way.outlet.send(Message.noteOn(1, i % 128, 80), now, Slot.NO_CAUSE);
                way.outlet.send(Message.noteOff(1, i % 128), now + MILLI, Slot.NO_CAUSE);
                now += 2 * MILLI;
                way.sender.doWork();
            }
        };
        assertThat(Allocation.bytesOfWarmRun(tenThousandMessages)).isZero();
        assertThat(meters.messagesOut.get()).isGreaterThanOrEqualTo(10_000);
    }
}
