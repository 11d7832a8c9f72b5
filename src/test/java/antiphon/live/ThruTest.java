package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Control;
import antiphon.improv.SendClock;
import antiphon.music.Lasting;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ThruTest {
    private final FakePort port = new FakePort();
    private final InRing ring = new InRing();
    private final EventPoller<Slot> poller = ring.newPoller();
    private final Meters meters = new Meters();
    private final Thru thru = new Thru(4, ring, port, true, meters, () -> 700);

    private void take(Consumer<Slot> handler) {
        try {
            poller.poll((slot, sequence, endOfBatch) -> {
                handler.accept(slot);
                return true;
            });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Messages in the ring, and a 1 behind each that was copied. */
    private List<Integer> taken() {
        List<Integer> taken = new ArrayList<>();
        take(slot -> {
            assertThat(slot.input).isEqualTo(4);
            taken.add(slot.message);
            taken.add((int) slot.value);
        });
        return taken;
    }

    @Test
    void shouldCopyUnchangedAndTellTheRingSo() {
        int[] messages = {
            Message.noteOn(9, 60, 1),
            Message.of(0xE3, 1, 2),
            Message.of(0xC0, 7, 0),
            Message.of(0xA0, 7, 9),
            Message.noteOff(9, 60)
        };
        List<Integer> expected = new ArrayList<>();
        for (int message : messages) {
            thru.receive(message, 500);
            expected.add(message);
            expected.add(1);
        }
        assertThat(port.copied)
                .containsExactlyElementsOf(Arrays.stream(messages).boxed().toList());
        assertThat(taken()).isEqualTo(expected);
        assertThat(meters.messagesIn).hasValue(5);
        assertThat(meters.inToThruNanos.sinceStart().getMaxValue()).isEqualTo(200);
    }

    @Test
    void shouldTellTheEngineOfAClockButNotOfWhatItDoesNotUse() {
        int position = Message.of(Message.SONG_POSITION, 3, 1);
        thru.receive(Message.CLOCK, 500);
        thru.receive(position, 501);
        thru.receive(0xFE, 502);
        assertThat(port.copied).containsExactly(Message.CLOCK, position, 0xFE);
        assertThat(taken()).containsExactly(Message.CLOCK, 1, position, 1);
        assertThat(meters.messagesIn).as("of channels").hasValue(0);
    }

    @Test
    void shouldCopySystemExclusiveButNotTellTheEngine() {
        thru.receiveLong(new byte[] {(byte) 0xF0, 1, 2, (byte) 0xF7, 9}, 4, 500);
        assertThat(port.copiedLong).singleElement().isEqualTo(new byte[] {(byte) 0xF0, 1, 2, (byte) 0xF7});
        assertThat(taken()).isEmpty();
        assertThat(meters.messagesIn).hasValue(0);
    }

    @Test
    void shouldCopyNothingThatBeginsWhileItIsOff() {
        thru.set(Control.THRU, 0);
        thru.receive(Message.noteOn(0, 60, 80), 500);
        thru.receive(Message.noteOff(0, 60), 500);
        thru.receive(Message.control(0, Message.SUSTAIN_PEDAL, 127), 500);
        thru.receive(Message.control(0, Message.SUSTAIN_PEDAL, 0), 500);
        thru.receiveLong(new byte[] {(byte) 0xF0, (byte) 0xF7}, 2, 500);
        assertThat(port.all).isEmpty();
        assertThat(port.copiedLong).isEmpty();
        assertThat(taken())
                .containsExactly(
                        Message.noteOn(0, 60, 80),
                        0,
                        Message.noteOff(0, 60),
                        0,
                        Message.control(0, Message.SUSTAIN_PEDAL, 127),
                        0,
                        Message.control(0, Message.SUSTAIN_PEDAL, 0),
                        0);
    }

    @Test
    void shouldTellTheRingThatAMessageWasNotCopiedWhenThePortRefusesIt() {
        port.setFull(true);
        thru.receive(Message.noteOn(0, 60, 80), 500);
        thru.receiveLong(new byte[] {(byte) 0xF0, (byte) 0xF7}, 2, 500);
        assertThat(taken()).containsExactly(Message.noteOn(0, 60, 80), 0);
        assertThat(meters.portRefusals).hasValue(2);
    }

    @Test
    void shouldCountWhatItCopiedWithoutTheEnginesKnowledge() {
        for (int i = 0; ring.publish(4, Message.noteOn(0, 1, 1), i, Slot.NOT_COPIED); i++) {
            assertThat(i).isLessThan(InRing.CAPACITY);
        }
        thru.receive(Message.noteOn(2, 60, 80), 500);
        thru.receive(Message.noteOn(2, 60, 80), 500);
        thru.receive(Message.control(2, 7, 80), 500);
        assertThat(port.copied).as("complete all the same").hasSize(3);
        assertThat(meters.inRingDrops).hasValue(3);
        assertThat(thru.missed(0, Message.key(Message.noteOn(2, 60, 80)))).isEqualTo(2);
        thru.set(Control.THRU, 0);
        thru.receive(Message.noteOn(2, 61, 80), 500);
        assertThat(thru.missed(0, Message.key(Message.noteOn(2, 61, 80)))).isZero();
    }

    /** Those that are to be heard. */
    private List<Integer> lateEnds() {
        List<Integer> ends = new ArrayList<>();
        int kept = thru.lateEndsKept();
        for (int word = 0; word < thru.lateEndWords(); word++) {
            long bits = thru.takeLateEnds(word);
            for (int bit = 0; bit < Long.SIZE; bit++) {
                if ((bits >>> bit & 1) != 0 && word * Long.SIZE + bit < Ends.COUNT) {
                    ends.add(Ends.message(word * Long.SIZE + bit));
                }
            }
        }
        thru.lateEndsTaken(kept);
        return ends;
    }

    @Test
    void shouldKeepTheEndsThatFindNoRoomAndLetNothingOvertakeThem() {
        thru.receive(Message.noteOn(15, 127, 80), 1);
        for (int i = 0; ring.publish(4, Message.noteOff(0, 1), i, Slot.NOT_COPIED); i++) {
            assertThat(i).isLessThan(InRing.CAPACITY);
        }
        thru.receive(Message.noteOff(15, 127), 500);
        thru.receive(Message.control(0, Message.SUSTAIN_PEDAL, 0), 500);
        thru.receive(Message.control(3, Message.ALL_NOTES_OFF, 0), 500);
        assertThat(thru.hasLateEnds()).isTrue();
        assertThat(meters.inRingDrops).as("they come later").hasValue(0);
        taken();
        thru.receive(Message.noteOn(15, 127, 80), 501);
        thru.receive(Message.noteOff(15, 126), 501);
        assertThat(taken()).as("the engine has not taken what came before").isEmpty();
        assertThat(meters.inRingDrops).hasValue(1);
        assertThat(lateEnds())
                .containsExactly(
                        Message.noteOff(15, 126),
                        Message.noteOff(15, 127),
                        Message.control(0, Message.SUSTAIN_PEDAL, 0),
                        Message.control(3, Message.ALL_NOTES_OFF, 0));
        assertThat(thru.hasLateEnds()).isFalse();
        thru.receive(Message.noteOn(15, 127, 80), 502);
        assertThat(taken()).containsExactly(Message.noteOn(15, 127, 80), 1);
        assertThat(lateEnds()).isEmpty();
    }

    /** However often it is switched on and off in between: what was copied is ended by the message that ends it. */
    @Property(tries = 200)
    void shouldEndEverythingThatItBegan(@ForAll("steps") List<Integer> steps) {
        FakePort fresh = new FakePort();
        Thru switched = new Thru(0, new InRing(), fresh, true, meters, () -> 0);
        for (int step : steps) {
            if (step < 2) {
                switched.set(Control.THRU, step);
            } else {
                switched.receive(step, 0);
            }
        }
        for (int channel = 0; channel < 2; channel++) {
            for (int pitch = 60; pitch <= 62; pitch++) {
                switched.receive(Message.noteOff(channel, pitch), 0);
            }
            for (int lasting = 0; lasting < Lasting.COUNT; lasting++) {
                switched.receive(Lasting.atRest(lasting, channel), 0);
            }
        }
        assertThat(fresh.hanging()).isEmpty();
    }

    /** Otherwise two clocks would go to one output. */
    @Test
    void shouldCopyNoClockWhileOneOfOurOwnIsSent() {
        int[] clock = {Message.START, Message.CLOCK, Message.CONTINUE, Message.STOP, Message.songPosition(4)};
        for (SendClock each : SendClock.values()) {
            FakePort fresh = new FakePort();
            Thru copies = new Thru(0, new InRing(), fresh, true, meters, () -> 0);
            copies.set(Control.SEND_CLOCK, each.number());
            copies.receive(Message.noteOn(0, 60, 80), 0);
            for (int message : clock) {
                copies.receive(message, 0);
            }
            assertThat(fresh.copied.size()).isEqualTo(each == SendClock.OWN ? 1 : 1 + clock.length);
        }
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        Arbitrary<Integer> notes = Combinators.combine(
                        Arbitraries.of(0x90, 0x91, 0x80, 0x81),
                        Arbitraries.integers().between(60, 62),
                        Arbitraries.of(0, 1, 127))
                .as(Message::of);
        Arbitrary<Integer> pedals = Combinators.combine(Arbitraries.of(0xB0, 0xB1), Arbitraries.of(0, 63, 64, 127))
                .as((status, value) -> Message.of(status, Message.SUSTAIN_PEDAL, value));
        Arbitrary<Integer> others = Combinators.combine(
                        Arbitraries.of(0xB0, 0xB1), Arbitraries.of(1, 66, 69), Arbitraries.of(0, 30, 64, 127))
                .as(Message::of);
        Arbitrary<Integer> bends = Combinators.combine(Arbitraries.of(0xD0, 0xE0, 0xE1), Arbitraries.of(0, 1, 64))
                .as((status, value) -> Message.of(status, value, status < 0xE0 ? 0 : 64));
        return Arbitraries.oneOf(notes, notes, pedals, others, bends, Arbitraries.of(0, 1))
                .list()
                .ofMaxSize(100);
    }

    @Test
    void shouldAllocateNothing() {
        port.recording = false;
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        thru.receive(i % 2 == 0 ? Message.noteOn(0, 60, 80) : Message.noteOff(0, 60), i);
                    }
                }))
                .isZero();
    }
}
