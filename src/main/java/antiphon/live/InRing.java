package antiphon.live;

import antiphon.HotPath;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.dsl.ProducerType;

/**
 * From the input ports to the engine: many producers (device threads, port watchers), one consumer. Full, it refuses
 * rather than waits: a device thread must never block.
 */
final class InRing extends MessageRing {
    InRing() {
        super(ProducerType.MULTI);
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
        publish(sequence, what, message, nanos, Slot.NO_CAUSE);
        return true;
    }
}
