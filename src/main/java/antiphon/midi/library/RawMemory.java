package antiphon.midi.library;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import antiphon.HotPath;
import antiphon.music.Message;
import java.lang.foreign.MemorySegment;

/** The memory that C code and we share by address, because a segment per message would be garbage. */
public final class RawMemory {
    /** All of it, unchecked: offsets are addresses, and must come from C or from an arena that is open. */
    public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private RawMemory() {}

    /** The text up to the zero byte there; empty if the address is 0. */
    public static String string(long address) {
        return address == 0 ? "" : ALL.getString(address);
    }

    /** Writes a message's bytes, {@link Message#length} of them, to an address. */
    @HotPath
    public static void write(int message, long at) {
        int length = Message.length(message);
        ALL.set(JAVA_BYTE, at, (byte) message);
        if (length > 1) {
            ALL.set(JAVA_BYTE, at + 1, (byte) (message >>> 8));
        }
        if (length > 2) {
            ALL.set(JAVA_BYTE, at + 2, (byte) (message >>> 16));
        }
    }
}
