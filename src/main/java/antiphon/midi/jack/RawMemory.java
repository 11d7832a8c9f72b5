package antiphon.midi.jack;

import java.lang.foreign.MemorySegment;

/** The memory that C code and we share by address, because a segment per message would be garbage. */
final class RawMemory {
    /** All of it, unchecked: offsets are addresses, and must come from C or from an arena that is open. */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private RawMemory() {}
}
