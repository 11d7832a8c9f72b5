package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerTest {
    private static final long MILLI = 1_000_000L;
    private static final long LOOKAHEAD_NANOS = 10 * MILLI;
    private static final long IMMEDIATE_NANOS = 3 * MILLI;

    private final Meters meters = new Meters();
    private final OutRing ring = new OutRing();
    private final FakePort port = new FakePort();
    private final Thru thru = new Thru(new InRing(), null, HeldNotes.NOWHERE, meters, () -> 0);
    private long now;

    private Player player(boolean schedules) {
        return new Player(
                ring, port, schedules, LOOKAHEAD_NANOS, IMMEDIATE_NANOS, HeldNotes.NOWHERE, thru, meters, () -> now);
    }

    private void publish(int message, long dueNanos) {
        assertThat(ring.publish(Slot.MESSAGE, message, dueNanos)).isTrue();
    }

    @Test
    void shouldTellThePortWhatAnAnswerAtOnceAnswers() {
        Player player = player(true);
        assertThat(ring.publish(Slot.MESSAGE, Message.noteOn(1, 64, 80), 5 * MILLI, 2 * MILLI))
                .isTrue();
        // A note that the player interrupts ends for a cause too, but as soon as it can.
        assertThat(ring.publish(Slot.MESSAGE, Message.noteOff(1, 60), 2 * MILLI, 2 * MILLI))
                .isTrue();
        now = 3 * MILLI;
        player.doWork();
        assertThat(port.sent).containsExactly(Message.noteOff(1, 60), Message.noteOn(1, 64, 80));
        assertThat(port.answered).containsExactly(2 * MILLI);
    }

    @Test
    void shouldHandOverALookaheadBeforeDueInOrderOfTime() {
        Player player = player(true);
        publish(Message.noteOn(1, 64, 80), 50 * MILLI);
        publish(Message.noteOn(1, 60, 80), 30 * MILLI);
        assertThat(player.doWork()).isEqualTo(20 * MILLI);
        assertThat(port.sent).isEmpty();
        now = 20 * MILLI;
        assertThat(player.doWork()).isEqualTo(40 * MILLI);
        now = 40 * MILLI;
        assertThat(player.doWork()).isEqualTo(Long.MAX_VALUE);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOn(1, 64, 80));
        assertThat(port.dueNanos).containsExactly(30 * MILLI, 50 * MILLI);
    }

    @Test
    void shouldMeasureFromWhatCausedAMessageUntilItLeaves() {
        Player player = player(true);
        now = 100 * MILLI;
        ring.publish(Slot.MESSAGE, Message.noteOn(1, 60, 80), 104 * MILLI, 97 * MILLI);
        ring.publish(Slot.MESSAGE, Message.noteOff(1, 61), 99 * MILLI, 98 * MILLI);
        ring.publish(Slot.MESSAGE, Message.noteOff(1, 62), 99 * MILLI);
        player.doWork();
        Status.Nanos nanos = Status.Nanos.of(meters.inToAnswerNanos.sinceStart());
        assertThat(meters.inToAnswerNanos.count()).isEqualTo(2);
        assertThat((double) nanos.min()).as("late: when handed over").isCloseTo(2.0 * MILLI, within(0.01 * MILLI * 2));
        assertThat((double) nanos.max()).as("ahead: when due").isCloseTo(7.0 * MILLI, within(0.01 * MILLI * 7));
        assertThat(meters.sentMinusDueNanos.count()).isEqualTo(3);
    }

    @Test
    void shouldWakeJustBeforeDueWhereThePortCannotSchedule() {
        Player player = player(false);
        publish(Message.noteOn(1, 60, 80), 30 * MILLI);
        assertThat(player.doWork()).isBetween(29 * MILLI, 30 * MILLI);
        now = 30 * MILLI;
        player.doWork();
        assertThat(port.sent).hasSize(1);
    }

    @Test
    void shouldDropWhatIsPlannedAndEndWhatSoundsWhenTold() {
        Player player = player(true);
        publish(Message.noteOn(1, 60, 80), 0);
        publish(Message.noteOn(1, 64, 80), 100 * MILLI);
        player.doWork();
        assertThat(player.heldNotes()).isEqualTo(1);
        ring.publish(Slot.RELEASE_ALL, 0, 0);
        now = 5 * MILLI;
        player.doWork();
        now = 200 * MILLI;
        player.doWork();
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60));
        assertThat(player.heldNotes()).isZero();
    }

    @Test
    void shouldTryANoteOffAgainUntilThePortTakesIt() {
        Player player = player(true);
        publish(Message.noteOn(1, 60, 80), 0);
        player.doWork();
        port.full = true;
        publish(Message.noteOff(1, 60), 0);
        publish(Message.noteOn(1, 62, 80), 1);
        long againNanos = player.doWork();
        assertThat(againNanos).isEqualTo(MILLI);
        port.full = false;
        now = againNanos;
        player.doWork();
        assertThat(port.sent)
                .containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60), Message.noteOn(1, 62, 80));
        assertThat(meters.portRefusals.get()).isEqualTo(1);
    }

    @Test
    void shouldReleaseEverythingEvenIfThePortIsFullAtFirst() {
        Player player = player(true);
        for (int pitch = 40; pitch < 60; pitch++) {
            publish(Message.noteOn(1, pitch, 80), 0);
        }
        player.doWork();
        port.full = true;
        player.releaseAll();
        port.full = false;
        now = 2 * MILLI;
        player.doWork();
        assertThat(port.sent.stream().filter(Message::isNoteOff)).hasSize(20);
    }

    @Test
    void shouldKeepRoomForNoteOffsWhenNotesFloodTheRing() {
        assertThat(player(true).hasWork()).isFalse();
        int taken = 0;
        while (ring.publish(Slot.MESSAGE, Message.noteOn(1, taken % 128, 80), 0)) {
            taken++;
        }
        assertThat(taken).isEqualTo(OutRing.CAPACITY - OutRing.RESERVED);
        for (int i = 0; i < OutRing.RESERVED; i++) {
            assertThat(ring.publish(Slot.MESSAGE, Message.noteOff(1, i % 128), 0))
                    .isTrue();
        }
        assertThat(ring.publish(Slot.RELEASE_ALL, 0, 0)).isFalse();
    }

    @Test
    void shouldForgetWhatStillLiesInTheRingWhenItFinishes() throws Exception {
        Player player = player(true);
        publish(Message.noteOn(1, 60, 80), 0);
        player.doWork();
        publish(Message.noteOn(1, 62, 80), 1);
        player.finish();
        player.doWork();
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60));
    }

    @Test
    void shouldEndWhatSoundsEvenIfThePortFailsAgainMeanwhile() {
        Player player = player(true);
        publish(Message.noteOn(1, 60, 80), 0);
        player.doWork();
        port.failures = 3;
        publish(Message.noteOn(1, 62, 80), 0);
        for (int i = 0; i < 5; i++) {
            player.doWork();
            now += MILLI;
        }
        assertThat(meters.failures.get()).isEqualTo(3);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60));
    }

    @Test
    void shouldEndWhatSoundsWhenThePortFails() {
        Player player = player(true);
        publish(Message.noteOn(1, 60, 80), 0);
        player.doWork();
        port.failures = 1;
        publish(Message.noteOn(1, 62, 80), 0);
        player.doWork();
        assertThat(meters.failures.get()).isEqualTo(1);
        assertThat(port.sent).containsExactly(Message.noteOn(1, 60, 80), Message.noteOff(1, 60));
    }

    @Test
    void shouldAllocateNothingPerMessage() {
        port.recording = false;
        Player player = player(true);
        Runnable tenThousandMessages = () -> {
            for (int i = 0; i < 5_000; i++) {
                ring.publish(Slot.MESSAGE, Message.noteOn(1, i % 128, 80), now);
                ring.publish(Slot.MESSAGE, Message.noteOff(1, i % 128), now + MILLI);
                now += 2 * MILLI;
                player.doWork();
            }
        };
        assertThat(Allocation.bytesOfWarmRun(tenThousandMessages)).isZero();
        assertThat(meters.messagesOut.get()).isGreaterThan(10_000);
    }

    /** Takes what it is sent, unless told not to. */
    private static final class FakePort implements OutputPort {
        final List<Integer> sent = new ArrayList<>();
        final List<Long> dueNanos = new ArrayList<>();
        final List<Long> answered = new ArrayList<>();
        boolean full;
        boolean recording = true;
        int failures;

        @Override
        public String fullName() {
            return "fake:out";
        }

        @Override
        public boolean send(int message, long due) {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("broken on purpose");
            }
            if (!full && recording) {
                sent.add(message);
                dueNanos.add(due);
            }
            return !full;
        }

        @Override
        public boolean answer(int message, long due, long cause) {
            answered.add(cause);
            return send(message, due);
        }

        @Override
        public boolean thru(int message, long nanos) {
            return false;
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            return false;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
