package antiphon.midi.lv2;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import antiphon.HotPath;
import antiphon.midi.Heard;
import antiphon.midi.MidiBackend.Transport;
import antiphon.midi.MidiReceiver;
import antiphon.midi.TransportTicks;
import antiphon.music.Message;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The ring by which a plugin tells what it hears and where its host's song is. The reading thread only. */
final class FromPlugin implements TransportTicks.FrameTimes {
    /** After so many we look whether we are to end. */
    private static final int MAX_SLOTS = 4096;

    private final SharedFile file;
    private final MemorySegment memory;
    private final byte[] bytes = new byte[MidiReceiver.MAX_LONG_BYTES];
    private long head;
    private long dropped;
    private @Nullable TransportTicks song;

    /** Of the span that is told just now. */
    private long spanBegin;

    private long spanNanos;
    private int spanFrames = 1;

    FromPlugin(SharedFile file) {
        this.file = file;
        this.memory = file.memory();
    }

    /** The plugin listens to us anew: from here on. */
    void begin(@Nullable Transport host) {
        head = file.number(Layout.BASE);
        song = host == null ? null : new TransportTicks(host);
    }

    /** The host's transport is followed no longer. */
    @HotPath
    void stop(long nanos) {
        if (song != null) {
            song.stop(nanos);
        }
    }

    /** True if there is something. */
    @HotPath
    boolean hasNew() {
        return file.number(slot(head) + Layout.TURN) == head + 1;
    }

    /** Messages that were too long, or no messages. */
    long dropped() {
        return dropped;
    }

    /**
     * Hands over what there is.
     *
     * @param leads whether its transport is the one that is followed
     */
    @HotPath
    void takeAll(Heard receiver, boolean leads) {
        for (int i = 0; i < MAX_SLOTS && hasNew(); i++) {
            long slot = slot(head);
            int size = memory.get(JAVA_INT, slot + Layout.SIZE);
            long nanos = memory.get(JAVA_LONG, slot + Layout.NANOS);
            if (memory.get(JAVA_INT, slot + Layout.KIND) == Layout.MESSAGE) {
                takeMessage(slot, size, nanos, receiver);
            } else if (leads) {
                takeSpan(slot, nanos);
            }
            head += Layout.slots(Math.max(size, 0));
            file.number(Layout.IN_HEAD, head);
        }
    }

    @HotPath
    private void takeMessage(long slot, int size, long nanos, Heard receiver) {
        int status = memory.get(JAVA_BYTE, slot + Layout.DATA) & 0xFF;
        if (size <= 0 || size > bytes.length || (status != 0xF0 && size != Message.length(status))) {
            dropped++;
        } else if (status == 0xF0) {
            for (int from = 0; from < size; from += Layout.DATA_BYTES) {
                long part = slot(head + from / Layout.DATA_BYTES) + Layout.DATA;
                MemorySegment.copy(memory, JAVA_BYTE, part, bytes, from, Math.min(Layout.DATA_BYTES, size - from));
            }
            receiver.sysex(bytes, size, nanos);
        } else {
            int data1 = size > 1 ? memory.get(JAVA_BYTE, slot + Layout.DATA + 1) & 0x7F : 0;
            int data2 = size > 2 ? memory.get(JAVA_BYTE, slot + Layout.DATA + 2) & 0x7F : 0;
            receiver.message(Message.of(status, data1, data2), nanos);
        }
    }

    @HotPath
    private void takeSpan(long slot, long nanos) {
        TransportTicks now = song;
        if (now == null) {
            return;
        }
        double ticks = memory.get(JAVA_DOUBLE, slot + Layout.SPAN_TICKS);
        double perFrame = memory.get(JAVA_DOUBLE, slot + Layout.SPAN_TICKS_PER_FRAME);
        spanFrames = memory.get(JAVA_INT, slot + Layout.SPAN_FRAMES);
        spanNanos = memory.get(JAVA_LONG, slot + Layout.SPAN_NANOS);
        spanBegin = nanos;
        int flags = memory.get(JAVA_SHORT, slot + Layout.SPAN_FLAGS);
        boolean rolls = (flags & Layout.ROLLS) != 0;
        // Also false where a value is no number. What lies before bar 1 (a count-in) has no song position.
        if (rolls && (flags & Layout.JUMPS) != 0) {
            now.jump();
        }
        if (rolls && ticks >= 0 && perFrame > 0 && perFrame < 1 && spanFrames > 0) {
            now.roll(ticks, perFrame, spanFrames, memory.get(JAVA_SHORT, slot + Layout.SPAN_QUARTERS), this);
        } else {
            now.stop(nanos);
        }
    }

    @Override
    @HotPath
    public long nanos(int frame) {
        return spanBegin + frame * spanNanos / spanFrames;
    }

    private static long slot(long place) {
        return Layout.IN + place % Layout.IN_SLOTS * Layout.SLOT;
    }
}
