package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import com.lmax.disruptor.dsl.ProducerType;

/**
 * From the engine to the player: one producer, one consumer. The last {@value #RESERVED} places are for note-offs and
 * commands alone, so that a flood of notes can never keep one from ending.
 */
final class OutRing extends MessageRing {
    static final int RESERVED = 256;

    OutRing() {
        super(ProducerType.SINGLE);
    }

    /** Publishes what no message in particular has caused; see {@link #publish(int, int, long, long)}. */
    @HotPath
    boolean publish(int what, int message, long nanos) {
        return publish(what, message, nanos, Slot.NO_CAUSE);
    }

    /**
     * Publishes. Engine thread only.
     *
     * @param causeNanos when the message came that is answered at once, or {@link Slot#NO_CAUSE}
     * @return false if there was no room: for a note-on, when only reserved places are left
     */
    @HotPath
    boolean publish(int what, int message, long nanos, long causeNanos) {
        boolean mayUseReserve = what != Slot.MESSAGE || Message.isNoteOff(message);
        if (!ring.hasAvailableCapacity(mayUseReserve ? 1 : RESERVED + 1)) {
            return false;
        }
        publish(ring.next(), what, message, nanos, causeNanos);
        return true;
    }
}
