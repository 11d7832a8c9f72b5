package antiphon.live;

import antiphon.midi.DueHeap;

/** What travels in a ring: a message with its time, or a command. Written before publication, read after. */
final class Slot {
    static final int MESSAGE = 0;

    /** All keys of an input are up: it was unplugged. */
    static final int INPUT_LOST = 1;

    /** To the player: release every note that this program holds. */
    static final int RELEASE_ALL = 2;

    /** See {@link DueHeap#NO_CAUSE}. */
    static final long NO_CAUSE = DueHeap.NO_CAUSE;

    int what;
    int message;
    long nanos;

    /** To the player: when the message came that this one answers at once, or {@link #NO_CAUSE}. */
    long causeNanos;
}
