package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutRingTest {
    private final OutRing ring = new OutRing();
    private final EventPoller<Slot> poller = ring.newPoller();

    @Test
    void shouldCarryMessagesWithTheirTimesInOrder() throws Exception {
        ring.send(Message.noteOn(1, 60, 80), 50, 40);
        ring.send(Message.noteOff(1, 60), 30, Slot.NO_CAUSE);
        assertThat(ring.hasAfter(-1)).isTrue();
        List<Long> taken = new ArrayList<>();
        poller.poll((slot, sequence, endOfBatch) -> {
            taken.addAll(List.of((long) slot.message, slot.nanos, slot.value));
            return true;
        });
        assertThat(taken)
                .containsExactly(
                        (long) Message.noteOn(1, 60, 80), 50L, 40L, (long) Message.noteOff(1, 60), 30L, Slot.NO_CAUSE);
        assertThat(ring.hasAfter(poller.getSequence().get())).isFalse();
    }

    @Test
    void shouldKeepRoomForWhatEndsNotesWhenNotesFloodIt() {
        int taken = 0;
        while (ring.send(Message.noteOn(1, taken % 128, 80), 0, Slot.NO_CAUSE)) {
            taken++;
        }
        assertThat(taken).isEqualTo(OutRing.CAPACITY - OutRing.RESERVED);
        for (int i = 0; i < OutRing.RESERVED; i++) {
            int message = i % 2 == 0 ? Message.noteOff(1, i % 128) : Message.control(1, Message.SUSTAIN_PEDAL, 0);
            assertThat(ring.send(message, 0, Slot.NO_CAUSE)).isTrue();
        }
        assertThat(ring.send(Message.noteOff(1, 60), 0, Slot.NO_CAUSE)).isFalse();
    }

    @Test
    void shouldTakeNotesAgainWhenThereIsRoom() throws Exception {
        while (ring.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE)) {
            assertThat(ring.hasAfter(-1)).isTrue();
        }
        boolean[] first = {true};
        poller.poll((slot, sequence, endOfBatch) -> {
            boolean goesOn = first[0];
            first[0] = false;
            return goesOn;
        });
        assertThat(ring.send(Message.noteOn(1, 60, 80), 0, Slot.NO_CAUSE)).isTrue();
    }

    @Test
    void shouldAllocateNothing() {
        EventPoller.Handler<Slot> nothing = (slot, sequence, endOfBatch) -> true;
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        ring.send(Message.noteOn(1, 60, 80), i, Slot.NO_CAUSE);
                        if (i % 2_000 == 1_999) {
                            drain(nothing);
                        }
                    }
                }))
                .isZero();
    }

    private void drain(EventPoller.Handler<Slot> handler) {
        try {
            poller.poll(handler);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
