package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;

/**
 * From the engine to the player: one producer, one consumer. The last {@value #RESERVED} places are for note-offs and
 * commands alone, so that a flood of notes can never keep one from ending.
 */
final class OutRing {
    static final int CAPACITY = 1024;
    static final int RESERVED = 256;

    private final Parking parking = new Parking();
    private final RingBuffer<Slot> ring = RingBuffer.createSingleProducer(Slot::new, CAPACITY, parking);

    /** For the one consumer: also what it parks on. */
    Parking parking() {
        return parking;
    }

    /** For the one consumer. */
    EventPoller<Slot> newPoller() {
        EventPoller<Slot> poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        return poller;
    }

    /** True if something was published that a consumer at this sequence has not seen. */
    @HotPath
    boolean hasAfter(long sequence) {
        return ring.getCursor() > sequence;
    }

    /**
     * Publishes. Engine thread only.
     *
     * @return false if there was no room: for a note-on, when only reserved places are left
     */
    @HotPath
    boolean publish(int what, int message, long nanos) {
        boolean mayUseReserve = what != Slot.MESSAGE || Message.isNoteOff(message);
        if (!ring.hasAvailableCapacity(mayUseReserve ? 1 : RESERVED + 1)) {
            return false;
        }
        long sequence = ring.next();
        Slot slot = ring.get(sequence);
        slot.what = what;
        slot.message = message;
        slot.nanos = nanos;
        ring.publish(sequence);
        return true;
    }
}
