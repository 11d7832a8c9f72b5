package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of libasound's own making, without a kernel: apt install libasound2. */
class AlsaInputTest {
    private static final int CONTROL_14_BIT = 14;

    private final Arena arena = Arena.ofShared();
    private final List<String> heard = new ArrayList<>();
    private final long event = arena.allocate(Alsa.EVENT_BYTES, 8).address();
    private final AlsaInput input = new AlsaInput(
            new AlsaPort(128, 0, new PortInfo("antiphon:in", false, false)),
            List.of(),
            new MidiReceiver() {
                @Override
                public void receive(int message, long nanos) {
                    heard.add(Integer.toHexString(message) + "@" + nanos);
                }

                @Override
                public void receiveLong(byte[] bytes, int length, long nanos) {
                    heard.add(HexFormat.of().formatHex(bytes, 0, length) + "@" + nanos);
                }
            },
            arena,
            closing -> {});

    @AfterEach
    @AfterProperty
    void free() {
        input.free();
        arena.close();
    }

    private int encode(int message) {
        long bytes = arena.allocate(4).address();
        RawMemory.write(message, bytes);
        long coder = Alsa.newCoder(16);
        int used = Alsa.encode(coder, bytes, Message.length(message), event);
        Alsa.call("snd_midi_event_free", coder);
        return used;
    }

    @Property(tries = 300)
    void shouldBringBackEveryChannelMessageThatLibasoundEncoded(
            @ForAll @IntRange(min = 0x80, max = 0xEF) int status,
            @ForAll @IntRange(max = 127) int data1,
            @ForAll @IntRange(max = 127) int data2) {
        heard.clear();
        int message = Message.of(status, data1, Message.length(status) == 3 ? data2 : 0);
        assertThat(encode(message)).isEqualTo(Message.length(message));
        input.take(event, 7);
        assertThat(heard).containsExactly(Integer.toHexString(message) + "@7");
    }

    @Test
    void shouldBringBackTheClock() {
        List<Integer> messages = List.of(
                Message.of(Message.CLOCK, 0, 0),
                Message.of(Message.START, 0, 0),
                Message.of(Message.CONTINUE, 0, 0),
                Message.of(Message.STOP, 0, 0),
                Message.songPosition(1234));
        for (int message : messages) {
            encode(message);
            input.take(event, 0);
        }
        assertThat(heard)
                .isEqualTo(messages.stream()
                        .map(message -> Integer.toHexString(message) + "@0")
                        .toList());
    }

    /** One event that stands for two messages. */
    @Test
    void shouldTakeAFineControllerApart() {
        encode(Message.control(3, 7, 100));
        RawMemory.ALL.set(JAVA_BYTE, event, (byte) CONTROL_14_BIT);
        RawMemory.ALL.set(JAVA_INT, event + 24, 100 << 7 | 33);
        input.take(event, 0);
        assertThat(heard)
                .containsExactly(
                        Integer.toHexString(Message.control(3, 7, 100)) + "@0",
                        Integer.toHexString(Message.control(3, 39, 33)) + "@0");
    }

    private void takeLong(byte[] piece) {
        MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, piece);
        RawMemory.ALL.set(JAVA_BYTE, event, (byte) Alsa.SYSTEM_EXCLUSIVE);
        RawMemory.ALL.set(JAVA_INT, event + Alsa.DATA, piece.length);
        RawMemory.ALL.set(JAVA_LONG_UNALIGNED, event + Alsa.LONG_ADDRESS, bytes.address());
        input.take(event, 0);
    }

    @Property(tries = 100)
    void shouldPutSystemExclusiveMessagesTogetherHoweverTheyAreCut(
            @ForAll @Size(min = 1, max = 600) byte[] data, @ForAll @IntRange(min = 1, max = 256) int cut) {
        heard.clear();
        byte[] message = new byte[data.length + 2];
        for (int i = 0; i < data.length; i++) {
            message[i + 1] = (byte) (data[i] & 0x7F);
        }
        message[0] = (byte) 0xF0;
        message[message.length - 1] = (byte) 0xF7;
        for (int from = 0; from < message.length; from += cut) {
            takeLong(Arrays.copyOfRange(message, from, Math.min(from + cut, message.length)));
        }
        assertThat(heard).containsExactly(HexFormat.of().formatHex(message) + "@0");
        assertThat(input.dropped()).isZero();
    }

    @Test
    void shouldRefuseASystemExclusiveMessageThatIsBrokenOff() {
        takeLong(new byte[] {(byte) 0xF0, 1, 2});
        encode(Message.noteOn(0, 60, 64));
        input.take(event, 0);
        takeLong(new byte[] {3, (byte) 0xF7});
        assertThat(heard).containsExactly(Integer.toHexString(Message.noteOn(0, 60, 64)) + "@0");
        assertThat(input.dropped()).isEqualTo(2);
    }

    @Test
    void shouldHearNothingInEventsThatAreNoMessages() {
        for (int type = 0; type < 256; type++) {
            boolean longOne = type >= 130 && type <= 149;
            if (!longOne && (type < 5 || type >= 50)) {
                RawMemory.ALL.set(JAVA_BYTE, event, (byte) type);
                input.take(event, 0);
            }
        }
        assertThat(heard).isEmpty();
    }
}
