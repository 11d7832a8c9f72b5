package antiphon.midi.lv2;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import antiphon.music.Message;
import java.lang.foreign.MemorySegment;

/** The ring by which messages go to a plugin, each with when it is due. Several threads may write; nobody waits. */
@HotPath
final class ToPlugin {
    /** Others that write at the same time are a few. */
    private static final int TRIES = 64;

    private static final long FULL = -1;

    private final SharedFile file;
    private final MemorySegment memory;

    ToPlugin(SharedFile file) {
        this.file = file;
        this.memory = file.memory();
    }

    /** Puts a short message in; false if there is no room. */
    boolean post(int message, long dueNanos) {
        int length = Message.length(message);
        long place = claim(1);
        if (place == FULL) {
            return false;
        }
        long slot = slot(place);
        memory.set(JAVA_BYTE, slot + Layout.DATA, (byte) message);
        memory.set(JAVA_BYTE, slot + Layout.DATA + 1, (byte) (message >>> 8));
        memory.set(JAVA_BYTE, slot + Layout.DATA + 2, (byte) (message >>> 16));
        publish(place, length, dueNanos);
        return true;
    }

    /** The same for a system exclusive message. */
    boolean post(byte[] bytes, int length, long dueNanos) {
        long place = claim(Layout.slots(length));
        if (place == FULL) {
            return false;
        }
        for (int from = 0; from < length; from += Layout.DATA_BYTES) {
            long to = slot(place + from / Layout.DATA_BYTES) + Layout.DATA;
            MemorySegment.copy(bytes, from, memory, JAVA_BYTE, to, Math.min(Layout.DATA_BYTES, length - from));
        }
        publish(place, length, dueNanos);
        return true;
    }

    private void publish(long place, int length, long dueNanos) {
        long slot = slot(place);
        memory.set(JAVA_INT, slot + Layout.KIND, Layout.MESSAGE);
        memory.set(JAVA_INT, slot + Layout.SIZE, length);
        memory.set(JAVA_LONG, slot + Layout.NANOS, dueNanos);
        file.number(slot + Layout.TURN, place + 1);
    }

    private long claim(int slots) {
        for (int i = 0; i < TRIES; i++) {
            long tail = file.number(Layout.OUT_TAIL);
            if (tail + slots - file.number(Layout.OUT_HEAD) > Layout.OUT_SLOTS) {
                return FULL;
            }
            if (file.replace(Layout.OUT_TAIL, tail, tail + slots)) {
                return tail;
            }
        }
        return FULL;
    }

    private static long slot(long place) {
        return Layout.OUT + place % Layout.OUT_SLOTS * Layout.SLOT;
    }

    /** True if the plugin has taken all, and has nothing more to play. */
    boolean isEmpty() {
        return file.number(Layout.OUT_TAIL) == file.number(Layout.OUT_HEAD) && file.integer(Layout.WAITING) == 0;
    }
}
