package antiphon.live;

import antiphon.HotPath;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;

/**
 * From the input ports to the engine: many producers (device threads, controls), one consumer. Full, it refuses
 * rather than waits: a device thread must never block.
 */
final class InRing {
    static final int CAPACITY = 1024;

    private final Parking parking = new Parking();
    private final RingBuffer<Slot> ring = RingBuffer.createMultiProducer(Slot::new, CAPACITY, parking);

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
     * Publishes. Any thread.
     *
     * @return false if the ring was full and nothing was published
     */
    @HotPath
    boolean publish(int what, int message, long nanos) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            // A preallocated exception: this is how the Disruptor says "full".
            return false;
        }
        Slot slot = ring.get(sequence);
        slot.what = what;
        slot.message = message;
        slot.nanos = nanos;
        ring.publish(sequence);
        return true;
    }
}
