package antiphon.midi.lv2;

/** Where what is in the shared memory, in bytes: the offsets of src/main/c/lv2/shared.h, which says what each is. */
final class Layout {
    static final int MAGIC_VALUE = 0x49544e41;
    static final int VERSION_VALUE = 1;

    static final long MAGIC = 0;
    static final long VERSION = 4;
    static final long RATE = 8;
    static final long PERIOD = 12;
    static final long STATE = 16;
    static final long WAITING = 20;
    static final long HOST = 32;
    static final int HOST_BYTES = 64;
    static final long OWNER = 128;
    static final long HEARTBEAT = 136;
    static final long ACCEPTED = 192;
    static final long EPOCH = 200;
    static final long BASE = 208;
    static final long BELL = 256;
    static final long SLEEPING = 260;
    static final long IN_HEAD = 320;
    static final long OUT_TAIL = 384;
    static final long OUT_HEAD = 448;
    static final long LATE = 512;
    static final long LATE_NOTES = 520;
    static final long DROPPED_NOTES = 528;
    static final long DROPPED_INPUTS = 536;
    static final long DROPPED_OUTPUTS = 544;
    static final long IN = 4096;
    static final int IN_SLOTS = 8192;
    static final int SLOT = 64;
    static final long OUT = IN + (long) IN_SLOTS * SLOT;
    static final int OUT_SLOTS = 4096;
    static final long END = OUT + (long) OUT_SLOTS * SLOT;

    /** Of a slot. */
    static final long TURN = 0;

    static final long KIND = 8;
    static final long SIZE = 12;
    static final long NANOS = 16;
    static final long DATA = 24;
    static final int DATA_BYTES = 40;

    static final int MESSAGE = 1;
    static final int SPAN = 2;

    /** Of a span. */
    static final long SPAN_NANOS = DATA;

    static final long SPAN_TICKS = DATA + 8;
    static final long SPAN_TICKS_PER_FRAME = DATA + 16;
    static final long SPAN_FRAMES = DATA + 24;
    static final long SPAN_QUARTERS = DATA + 28;
    static final long SPAN_FLAGS = DATA + 30;
    static final int ROLLS = 1;
    static final int JUMPS = 2;

    /** Of the state. */
    static final int PASSES = 1;

    /** Whose heartbeat is older is gone, or hangs. */
    static final long ALIVE_NANOS = 500_000_000L;

    private Layout() {}

    /** Slots that so many bytes take. */
    static int slots(int bytes) {
        return bytes == 0 ? 1 : (bytes + DATA_BYTES - 1) / DATA_BYTES;
    }
}
