package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiReceiver;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The callback's logic on buffers of our own. */
class JackProcessTest {
    private static final int FRAMES = 100;
    private static final long CYCLE_MICROS = 1000;
    private static final long FRAME_NANOS = 10_000;
    private static final long OUT = 900;

    /** Cycles of 100 frames and 1 ms, the first from 1 s on; ports are numbers. */
    private final class FakeJack implements JackMidi {
        final Map<Long, List<byte[]>> bytes = new HashMap<>();
        final Map<Long, List<Integer>> frames = new HashMap<>();
        final List<String> written = new ArrayList<>();
        long cycleStartMicros = 1_000_000;
        long room = 1000;

        /** How far JACK's idea of the time lies behind the truth. */
        long wrongByNanos = 50_000;

        int calls;

        private long pending;
        private int pendingFrame;
        private int pendingSize;

        void play(long port, int frame, int... message) {
            byte[] raw = new byte[message.length];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) message[i];
            }
            bytes.computeIfAbsent(port, p -> new ArrayList<>()).add(raw);
            frames.computeIfAbsent(port, p -> new ArrayList<>()).add(frame);
        }

        /** What left in the cycle, as {@code frame:bytes}, in order. */
        List<String> cycle() {
            written.clear();
            process.process(FRAMES, 0);
            collect();
            bytes.clear();
            frames.clear();
            cycleStartMicros += CYCLE_MICROS;
            return List.copyOf(written);
        }

        private void collect() {
            if (pending != 0) {
                StringBuilder text = new StringBuilder(pendingFrame + ":");
                for (int i = 0; i < pendingSize; i++) {
                    text.append(String.format("%02X", RawMemory.ALL.get(JAVA_BYTE, pending + i)));
                }
                written.add(text.toString());
                pending = 0;
            }
        }

        @Override
        public long offsetNanos() {
            return 0;
        }

        @Override
        public int cycleTimes(long times) {
            calls++;
            RawMemory.ALL.set(JAVA_LONG, times + 8, cycleStartMicros);
            RawMemory.ALL.set(JAVA_LONG, times + 16, cycleStartMicros + CYCLE_MICROS);
            return 0;
        }

        @Override
        public int transport(long position) {
            calls++;
            return 0;
        }

        @Override
        public long buffer(long port, int frameCount) {
            calls++;
            return port;
        }

        @Override
        public int eventCount(long buffer) {
            calls++;
            return bytes.getOrDefault(buffer, List.of()).size();
        }

        @Override
        public int eventGet(long event, long buffer, int index) {
            byte[] raw = bytes.getOrDefault(buffer, List.of()).get(index);
            MemorySegment copy = arena.allocate(raw.length + 8L);
            MemorySegment.copy(raw, 0, copy, JAVA_BYTE, 0, raw.length);
            RawMemory.ALL.set(
                    JAVA_INT, event, frames.getOrDefault(buffer, List.of()).get(index));
            RawMemory.ALL.set(JAVA_LONG, event + 8, raw.length);
            RawMemory.ALL.set(JAVA_LONG, event + 16, copy.address());
            return 0;
        }

        @Override
        public void clear(long buffer) {
            calls++;
            assertThat(buffer).isEqualTo(OUT);
        }

        @Override
        public long reserve(long buffer, int frame, long size) {
            assertThat(frame).isBetween(pendingFrameOrZero(), FRAMES - 1);
            collect();
            if (written.size() >= room) {
                return 0;
            }
            pending = arena.allocate(size).address();
            pendingFrame = frame;
            pendingSize = (int) size;
            return pending;
        }

        private int pendingFrameOrZero() {
            return pending == 0 ? 0 : pendingFrame;
        }
    }

    private final Arena arena = Arena.ofConfined();
    private final FakeJack jack = new FakeJack();
    private final CycleClock clock = new CycleClock();
    private final JackProcess process =
            new JackProcess(jack, clock, arena, 100_000, () -> jack.cycleStartMicros * 1000 + jack.wrongByNanos);
    private final JackOutput output = new JackOutput(OUT, jack, clock);

    private final class Thru implements MidiReceiver {
        @Override
        public void receive(int message, long nanos) {
            output.thru(message, nanos);
        }

        @Override
        public void receiveLong(byte[] bytes, int length, long nanos) {
            output.thruLong(bytes, length, nanos);
        }
    }

    private void connect(MidiReceiver... receivers) {
        JackInput[] inputs = new JackInput[receivers.length];
        for (int i = 0; i < receivers.length; i++) {
            inputs[i] = new JackInput(1 + i, receivers[i], clock, arena);
        }
        process.ports(inputs, new JackOutput[] {output});
    }

    private long nanosOf(int frame) {
        return jack.cycleStartMicros * 1000 + frame * FRAME_NANOS;
    }

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void shouldWriteThruAndScheduledMessagesInOrderOfFrame() {
        connect(new Thru());
        jack.play(1, 10, 0x90, 60, 64);
        jack.play(1, 50, 0x80, 60, 0);
        output.send(Message.noteOn(1, 3, 1), nanosOf(70));
        output.send(Message.noteOn(1, 2, 1), nanosOf(50));
        output.send(Message.noteOn(1, 1, 1), nanosOf(5));
        assertThat(jack.cycle()).containsExactly("5:910101", "10:903C40", "50:910201", "50:803C00", "70:910301");
    }

    @Test
    void shouldDeliverInputsInOrderOfTimeAcrossPorts() {
        connect(new Thru(), new Thru());
        jack.play(1, 20, 0x90, 1, 1);
        jack.play(1, 40, 0x90, 2, 1);
        jack.play(2, 10, 0x91, 1, 1);
        jack.play(2, 40, 0x91, 2, 1);
        assertThat(jack.cycle()).containsExactly("10:910101", "20:900101", "40:900201", "40:910201");
    }

    /** Idle is most of the time: beyond its clocks, a cycle in which nothing happens calls what it must. */
    @Test
    void shouldCallJackFiveTimesInAnIdleCycleOfOneInputAndOneOutput() {
        connect(new Thru());
        jack.cycle();
        jack.calls = 0;
        jack.cycle();
        assertThat(jack.calls).isEqualTo(5);
    }

    @Test
    void shouldHoldMessagesUntilTheirCycle() {
        connect();
        output.send(Message.noteOn(0, 1, 1), nanosOf(FRAMES + 30));
        output.send(Message.of(0xC0, 9, 0), nanosOf(2 * FRAMES));
        assertThat(jack.cycle()).isEmpty();
        assertThat(jack.cycle()).containsExactly("30:900101");
        assertThat(output.hasSentAllDueBy(nanosOf(-1))).isTrue();
        assertThat(output.hasSentAllDueBy(nanosOf(0))).isFalse();
        assertThat(jack.cycle()).containsExactly("0:C009");
        assertThat(output.hasSentAllDueBy(Long.MAX_VALUE)).isTrue();
        assertThat(output.late()).isZero();
    }

    @Test
    void shouldSendWhatAnswersAMessageOnePeriodAfterThruAtTheSameFrame() {
        MidiReceiver answering = (message, nanos) -> {
            output.thru(message, nanos);
            output.send(Message.noteOn(1, Message.data1(message), 9), nanos + 2 * CYCLE_MICROS * 1000);
        };
        connect(answering);
        for (int frame = 0; frame < FRAMES; frame++) {
            jack.play(1, frame, 0x90, frame, 1);
            String thru = String.format("%d:90%02X01", frame, frame);
            String answer = String.format("%d:91%02X09", frame, frame);
            assertThat(jack.cycle()).containsExactly(thru);
            assertThat(jack.cycle()).containsExactly(answer);
        }
        assertThat(output.late()).isZero();
    }

    @Test
    void shouldSendPastDueMessagesFirstInOrderAndCountThemLate() {
        connect(new Thru());
        jack.play(1, 0, 0x90, 9, 9);
        output.send(Message.noteOff(0, 1), nanosOf(-1));
        output.send(Message.noteOff(0, 2), nanosOf(-500));
        output.send(Message.noteOff(0, 3), nanosOf(-500));
        assertThat(jack.cycle()).containsExactly("0:800240", "0:800340", "0:800140", "0:900909");
        assertThat(output.late()).isEqualTo(3);
    }

    @Test
    void shouldDropNoteOnsThatAreTooLateAndSendWhateverElseHoweverLate() {
        connect();
        long now = nanosOf(0);
        long milli = CYCLE_MICROS * 1000;
        output.send(Message.noteOn(0, 1, 1), now - 3_000 * milli);
        output.send(Message.noteOff(0, 1), now - 2_900 * milli);
        output.send(Message.noteOn(0, 2, 1), now - 101 * milli);
        output.send(Message.noteOn(0, 3, 1), now - 100 * milli);
        output.send(Message.noteOn(0, 4, 1), now - 21 * milli);
        output.send(Message.noteOn(0, 5, 1), now - 20 * milli);
        output.send(Message.noteOn(0, 6, 1), now - 3_000 * milli, now - 3_002 * milli);
        assertThat(jack.cycle()).containsExactly("0:800140", "0:900301", "0:900401", "0:900501");
        assertThat(output.droppedNotes()).isEqualTo(3);
        assertThat(output.lateNotes()).isEqualTo(2);
        assertThat(output.late()).isEqualTo(4);
        assertThat(output.hasSentAllDueBy(now)).isTrue();
    }

    @Test
    void shouldKeepWhatFindsNoRoomForTheNextCycle() {
        connect(new Thru());
        jack.room = 2;
        for (int i = 0; i < 4; i++) {
            output.send(Message.noteOn(0, i, 1), nanosOf(10));
        }
        jack.play(1, 50, 0x90, 9, 9);
        assertThat(jack.cycle()).containsExactly("10:900001", "10:900101");
        assertThat(output.dropped()).isEqualTo(1);
        assertThat(jack.cycle()).containsExactly("0:900201", "0:900301");
        assertThat(output.late()).isEqualTo(2);
    }

    @Test
    void shouldPassSystemExclusiveMessagesWholeAndDropBrokenOnes() {
        connect(new Thru());
        jack.play(1, 1, 0xF0, 1, 2, 3, 4, 0xF7);
        jack.play(1, 2, 0x90, 60);
        jack.play(1, 3, 0xF7);
        jack.play(1, 4, 60, 60);
        jack.play(1, 5, 0xF8);
        int[] endless = new int[MidiReceiver.MAX_LONG_BYTES + 1];
        endless[0] = 0xF0;
        jack.play(1, 6, endless);
        assertThat(jack.cycle()).containsExactly("1:F001020304F7", "5:F8");
    }

    /** As ALSA's bridge delivers them; what comes in real time may lie between, and what else comes breaks them off. */
    @Test
    void shouldPassSystemExclusiveMessagesInPiecesWholeOrNotAtAll() {
        connect(new Thru());
        jack.play(1, 1, 0xF0, 1, 2);
        jack.play(1, 2, 0xF8);
        assertThat(jack.cycle()).containsExactly("2:F8");
        jack.play(1, 3, 3, 4);
        assertThat(jack.cycle()).isEmpty();
        jack.play(1, 4, 0xF7);
        assertThat(jack.cycle()).containsExactly("4:F001020304F7");
        jack.play(1, 1, 0xF0, 1, 2);
        jack.play(1, 2, 0x90, 60, 80);
        jack.play(1, 3, 3, 0xF7);
        jack.play(1, 4, 0xF0, 5);
        jack.play(1, 5, 0xF0, 6, 0xF7);
        assertThat(jack.cycle()).containsExactly("2:903C50", "5:F006F7");
        jack.play(1, 1, 0xF0, 1, 0x90, 60, 80, 0xF7);
        assertThat(jack.cycle()).isEmpty();
    }

    @Test
    void shouldGoOnAfterAReceiverThrows() {
        connect(
                (message, nanos) -> {
                    throw new IllegalStateException("a receiver's mistake");
                },
                new Thru());
        jack.play(1, 1, 0x90, 1, 1);
        jack.play(2, 2, 0x90, 2, 1);
        output.send(Message.noteOn(0, 3, 1), nanosOf(9));
        assertThat(jack.cycle()).containsExactly("2:900201", "9:900301");
        assertThat(process.errors()).isEqualTo(1);
        assertThat(process.cycles()).isEqualTo(1);
    }

    @Test
    void shouldNotBelieveJacksClockWhenItIsFarFromTheTruth() {
        connect();
        jack.cycle();
        jack.wrongByNanos = 300_000_000;
        output.send(Message.noteOn(0, 1, 1), nanosOf(30) + jack.wrongByNanos);
        output.send(Message.noteOn(0, 2, 1), nanosOf(FRAMES + 40) + jack.wrongByNanos);
        assertThat(jack.cycle()).containsExactly("30:900101");
        jack.wrongByNanos += 70_000;
        assertThat(jack.cycle()).containsExactly("40:900201");
        jack.wrongByNanos = 50_000;
        output.send(Message.noteOn(0, 3, 1), nanosOf(50));
        assertThat(jack.cycle()).containsExactly("50:900301");
        assertThat(output.late()).isZero();
    }
}
