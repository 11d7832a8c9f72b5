package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.midi.SysexAssembler;
import antiphon.midi.library.RawMemory;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One of our input ports: what came in at it, as messages. {@link #take} belongs to the receiving thread. */
final class AlsaInput implements MidiBackend.InputPort {
    /** One event may stand for several messages, such as the six of a parameter number and its value. */
    private static final int ROOM = 64;

    private final String fullName;
    private final int port;
    private final List<PortInfo> sources;
    private final MidiReceiver receiver;
    private final Consumer<AlsaInput> closing;
    private final long coder = Alsa.newCoder(ROOM);
    private final long bytes;
    private final byte[] piece = new byte[MidiReceiver.MAX_LONG_BYTES];
    private final SysexAssembler sysex = new SysexAssembler(MidiReceiver.MAX_LONG_BYTES);
    private final AtomicLong dropped = new AtomicLong();

    AlsaInput(AlsaPort ours, List<PortInfo> sources, MidiReceiver receiver, Arena arena, Consumer<AlsaInput> closing) {
        this.fullName = ours.info().name();
        this.port = ours.port();
        this.sources = sources;
        this.receiver = receiver;
        this.closing = closing;
        bytes = arena.allocate(ROOM).address();
    }

    int port() {
        return port;
    }

    /** The peers it was opened with. */
    List<PortInfo> sources() {
        return sources;
    }

    /** Messages that were too long or no whole MIDI message. Any thread. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public String fullName() {
        return fullName;
    }

    /**
     * Passes on what an event stands for.
     *
     * @param event its address
     * @param nanos when it came
     */
    @HotPath
    void take(long event, long nanos) {
        if ((RawMemory.ALL.get(JAVA_BYTE, event) & 0xFF) == Alsa.SYSTEM_EXCLUSIVE) {
            takeLong(event, nanos);
            return;
        }
        int count = Alsa.decode(coder, bytes, ROOM, event);
        int at = 0;
        while (at < count) {
            int status = RawMemory.ALL.get(JAVA_BYTE, bytes + at) & 0xFF;
            int length = Message.length(status);
            if (status < 0x80 || at + length > count) {
                dropped.incrementAndGet();
                return;
            }
            if (!SysexAssembler.isRealTime(status) && sysex.breakOff()) {
                dropped.incrementAndGet();
            }
            receiver.receive(Message.of(status, data(at, 1, length), data(at, 2, length)), nanos);
            at += length;
        }
    }

    private int data(int at, int index, int length) {
        return index < length ? RawMemory.ALL.get(JAVA_BYTE, bytes + at + index) & 0x7F : 0;
    }

    /** The sequencer cuts long messages into events. */
    private void takeLong(long event, long nanos) {
        int length = RawMemory.ALL.get(JAVA_INT, event + Alsa.DATA);
        long from = RawMemory.ALL.get(JAVA_LONG_UNALIGNED, event + Alsa.LONG_ADDRESS);
        if (length <= 0 || length > piece.length) {
            sysex.breakOff();
            dropped.incrementAndGet();
            return;
        }
        MemorySegment.copy(RawMemory.ALL, JAVA_BYTE, from, piece, 0, length);
        if ((piece[0] & 0xFF) == 0xF0 && sysex.breakOff()) {
            dropped.incrementAndGet();
        }
        switch (sysex.add(piece, length)) {
            case WHOLE -> receiver.receiveLong(sysex.bytes(), sysex.length(), nanos);
            case REFUSED -> dropped.incrementAndGet();
            case MORE -> {}
        }
    }

    @Override
    public void close() {
        closing.accept(this);
    }

    /** Gives back what libasound holds. Nothing may be taken any more. */
    void free() {
        Alsa.call("snd_midi_event_free", coder);
    }
}
