package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Control;
import antiphon.improv.Mind;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.improv.Successors;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InRingTest {
    private final InRing ring = new InRing();
    private final EventPoller<Slot> poller = ring.newPoller();

    private List<String> taken() throws Exception {
        List<String> taken = new ArrayList<>();
        poller.poll((slot, sequence, endOfBatch) -> {
            taken.add(slot.what + " " + slot.input + " " + Integer.toHexString(slot.message) + " " + slot.nanos + " "
                    + slot.value);
            return true;
        });
        return taken;
    }

    private int fill() {
        int filled = 0;
        while (ring.publish(0, Message.noteOn(0, 60, 1 + filled % 127), filled, Slot.NOT_COPIED)) {
            filled++;
        }
        return filled;
    }

    @Test
    void shouldCarryEverythingInTheOrderInWhichItCame() throws Exception {
        assertThat(ring.publish(3, Message.noteOn(0, 60, 80), 5, Slot.COPIED)).isTrue();
        assertThat(ring.lose(2, 6)).isTrue();
        assertThat(ring.control(Control.MUTE, 1, 7)).isTrue();
        assertThat(ring.hasAfter(-1)).isTrue();
        assertThat(ring.hasAfter(2)).isFalse();
        assertThat(taken())
                .containsExactly(
                        "0 3 " + Integer.toHexString(Message.noteOn(0, 60, 80)) + " 5 1",
                        "1 2 0 6 0",
                        "2 0 " + Integer.toHexString(Control.MUTE.number()) + " 7 1");
        assertThat(taken()).isEmpty();
    }

    @Test
    void shouldLetTheEngineSeeSeveralControlsOnlyTogether() throws Exception {
        Control[] controls = {Control.MUTE, Control.GRID, Control.BOLDNESS, Control.MODE};
        int times = 20_000;
        Thread asking = new Thread(() -> {
            for (int i = 0; i < times; i++) {
                while (!ring.controls(controls, new long[] {i, i, i, i}, i)) {
                    Thread.onSpinWait();
                }
            }
        });
        asking.start();
        int all = 0;
        while (all < 80_000) {
            List<String> seen = taken();
            assertThat(seen.size() % controls.length).isZero();
            all += seen.size();
        }
        asking.join();
        assertThat(ring.controls(controls, new long[] {1, 2, 3, 4}, 9)).isTrue();
        assertThat(taken())
                .containsExactly(
                        "2 0 " + Integer.toHexString(Control.MUTE.number()) + " 9 1",
                        "2 0 " + Integer.toHexString(Control.GRID.number()) + " 9 2",
                        "2 0 " + Integer.toHexString(Control.BOLDNESS.number()) + " 9 3",
                        "2 0 " + Integer.toHexString(Control.MODE.number()) + " 9 4");
    }

    @Test
    void shouldCarryMinds() throws Exception {
        StackedLstm model = new StackedLstm(RandomModel.of(16, 24, 2, 11));
        Successors minds = new Successors(new Mind(model, Settings.standard(Mode.CALL), 1));
        assertThat(ring.succeed(minds, 3, 5)).isTrue();
        poller.poll((slot, sequence, endOfBatch) -> {
            assertThat(slot.what).isEqualTo(Slot.SUCCESSOR);
            assertThat(slot.payload).isSameAs(minds);
            assertThat(slot.value).isEqualTo(3);
            return true;
        });
        assertThat(ring.publish(0, Message.noteOn(0, 60, 80), 5, Slot.COPIED)).isTrue();
    }

    @Test
    void shouldRepeatWhatAJournalHasByTheNamesOfTheTap() throws Exception {
        ring.repeat(Tap.HEARD, 3, Message.noteOn(0, 60, 80), 5, Slot.COPIED);
        ring.repeat(Tap.INPUT_LOST, 2, 0, 6, 0);
        ring.repeat(Tap.CONTROL, 0, Control.SEED.number(), 7, -9);
        List<String> repeated = taken();
        ring.publish(3, Message.noteOn(0, 60, 80), 5, Slot.COPIED);
        ring.lose(2, 6);
        ring.control(Control.SEED, -9, 7);
        assertThat(repeated).isEqualTo(taken()).hasSize(3);
    }

    @Test
    void shouldRefuseWhenFullButKeepRoomForWhatEndsNotesAndForCommands() throws Exception {
        assertThat(fill()).isEqualTo(InRing.CAPACITY - InRing.RESERVED);
        assertThat(ring.publish(0, Message.control(0, 1, 5), 0, Slot.NOT_COPIED))
                .isFalse();
        int further = 0;
        while (ring.publish(0, Message.noteOff(0, 60), 0, Slot.COPIED)
                && ring.publish(0, Message.noteOn(0, 60, 0), 0, Slot.COPIED)
                && ring.publish(0, Message.control(0, Message.SUSTAIN_PEDAL, 0), 0, Slot.COPIED)
                && ring.control(Control.PANIC, 0, 0)) {
            further += 4;
        }
        assertThat(further).isEqualTo(InRing.RESERVED);
        assertThat(ring.lose(0, 0)).isFalse();
        assertThat(taken()).hasSize(InRing.CAPACITY);
        assertThat(fill()).isEqualTo(InRing.CAPACITY - InRing.RESERVED);
    }

    @Test
    void shouldLoseNothingOfSeveralInputsAndKeepEachOnesOrder() {
        int inputs = 3;
        int messages = 100_000;
        for (int input = 0; input < inputs; input++) {
            int mine = input;
            Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < messages; i++) {
                    long nanos = i;
                    Spin.until(() -> ring.publish(mine, Message.noteOn(0, 60, 80), nanos, Slot.NOT_COPIED));
                }
            });
        }
        long[] next = new long[inputs];
        EventPoller.Handler<Slot> count = (slot, sequence, endOfBatch) -> {
            assertThat(slot.nanos).isEqualTo(next[slot.input]);
            next[slot.input]++;
            return true;
        };
        Spin.until(() -> {
            drain(count);
            return next[0] + next[1] + next[2] == (long) inputs * messages;
        });
        assertThat(next).containsOnly(messages);
    }

    @Test
    void shouldAllocateNothingAlsoWhenFull() {
        EventPoller.Handler<Slot> nothing = (slot, sequence, endOfBatch) -> true;
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        ring.publish(0, Message.noteOff(0, 60), i, Slot.NOT_COPIED);
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
