package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import antiphon.HotPath;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One of our input ports, as the process callback sees it: a cursor over the cycle's events. Callback thread only. */
final class JackInput {
    private static final VarHandle DROPPED;

    static {
        try {
            DROPPED = MethodHandles.lookup().findVarHandle(JackInput.class, "dropped", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long port;
    private final MidiReceiver receiver;
    private final CycleClock clock;
    private final long event;
    private final byte[] longMessage = new byte[MidiReceiver.MAX_LONG_BYTES];
    private long buffer;
    private int count;
    private int index;
    private int frame;
    private long dropped;

    JackInput(long port, MidiReceiver receiver, CycleClock clock, Arena arena) {
        this.port = port;
        this.receiver = receiver;
        this.clock = clock;
        this.event = arena.allocate(24, 8).address();
    }

    long port() {
        return port;
    }

    /** Messages not passed on: too long, or not a whole MIDI message. Any thread. */
    long dropped() {
        return (long) DROPPED.getAcquire(this);
    }

    @HotPath
    void begin(JackMidi midi, int frames) {
        buffer = midi.buffer(port, frames);
        count = buffer == 0 ? 0 : midi.eventCount(buffer);
        index = -1;
        advance(midi);
    }

    @HotPath
    boolean hasEvent() {
        return index < count;
    }

    /** The current event's frame within the cycle. */
    @HotPath
    int frame() {
        return frame;
    }

    @HotPath
    void advance(JackMidi midi) {
        index++;
        while (index < count && midi.eventGet(event, buffer, index) != 0) {
            index++;
        }
        if (index < count) {
            frame = RawMemory.ALL.get(JAVA_INT_UNALIGNED, event);
        }
    }

    /** Hands the current event to the receiver. */
    @HotPath
    void deliver() {
        long size = RawMemory.ALL.get(JAVA_LONG_UNALIGNED, event + 8);
        long bytes = RawMemory.ALL.get(JAVA_LONG_UNALIGNED, event + 16);
        if (size <= 0 || size > MidiReceiver.MAX_LONG_BYTES) {
            drop();
            return;
        }
        int status = RawMemory.ALL.get(JAVA_BYTE, bytes) & 0xFF;
        if (status == 0xF0) {
            MemorySegment.copy(RawMemory.ALL, JAVA_BYTE, bytes, longMessage, 0, (int) size);
            receiver.receiveLong(longMessage, (int) size, clock.inputNanos(frame));
        } else if (status < 0x80 || status == 0xF7 || size != Message.length(status)) {
            drop();
        } else {
            int data1 = size > 1 ? RawMemory.ALL.get(JAVA_BYTE, bytes + 1) & 0x7F : 0;
            int data2 = size > 2 ? RawMemory.ALL.get(JAVA_BYTE, bytes + 2) & 0x7F : 0;
            receiver.receive(Message.of(status, data1, data2), clock.inputNanos(frame));
        }
    }

    private void drop() {
        DROPPED.setRelease(this, dropped + 1);
    }
}
