package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import antiphon.HotPath;
import antiphon.midi.MidiReceiver;
import antiphon.midi.SysexAssembler;
import antiphon.midi.library.RawMemory;
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
    private final byte[] piece = new byte[MidiReceiver.MAX_LONG_BYTES];
    private final SysexAssembler sysex = new SysexAssembler(MidiReceiver.MAX_LONG_BYTES);
    private long buffer;
    private int count;
    private int index;
    private int frame;
    private long dropped;
    private volatile boolean inLoop;

    JackInput(long port, MidiReceiver receiver, CycleClock clock, Arena arena) {
        this.port = port;
        this.receiver = receiver;
        this.clock = clock;
        this.event = arena.allocate(24, 8).address();
    }

    long port() {
        return port;
    }

    /** Whether what sends to this also hears us: see {@link JackLoops}. Any thread. */
    void inLoop(boolean nowInLoop) {
        inLoop = nowInLoop;
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

    /**
     * Hands the current event to the receiver. System exclusive messages come in pieces from some bridges (ALSA's: 256
     * bytes each, those after the first without a status byte): they are handed over when they are whole.
     */
    @HotPath
    void deliver() {
        long size = RawMemory.ALL.get(JAVA_LONG_UNALIGNED, event + 8);
        long bytes = RawMemory.ALL.get(JAVA_LONG_UNALIGNED, event + 16);
        int status = size <= 0 ? 0 : RawMemory.ALL.get(JAVA_BYTE, bytes) & 0xFF;
        boolean ofSysex = status < 0x80 || status == 0xF7;
        if (!ofSysex && !SysexAssembler.isRealTime(status) && sysex.breakOff()) {
            drop();
        }
        if (size <= 0 || size > MidiReceiver.MAX_LONG_BYTES) {
            sysex.breakOff();
            drop();
        } else if (ofSysex || status == 0xF0) {
            deliverPiece(bytes, (int) size);
        } else if (size != Message.length(status)) {
            drop();
        } else {
            int data1 = size > 1 ? RawMemory.ALL.get(JAVA_BYTE, bytes + 1) & 0x7F : 0;
            int data2 = size > 2 ? RawMemory.ALL.get(JAVA_BYTE, bytes + 2) & 0x7F : 0;
            int message = Message.of(status, data1, data2);
            // A clock is followed so that our notes come back to it in time.
            int ahead = inLoop && Message.isClock(message) ? clock.frames() : 0;
            receiver.receive(message, clock.inputNanos(frame - ahead));
        }
    }

    private void deliverPiece(long bytes, int size) {
        MemorySegment.copy(RawMemory.ALL, JAVA_BYTE, bytes, piece, 0, size);
        switch (sysex.add(piece, size)) {
            case WHOLE -> receiver.receiveLong(sysex.bytes(), sysex.length(), clock.inputNanos(frame));
            case REFUSED -> drop();
            case MORE -> {
                // Its end comes with a later event.
            }
        }
    }

    private void drop() {
        DROPPED.setRelease(this, dropped + 1);
    }
}
