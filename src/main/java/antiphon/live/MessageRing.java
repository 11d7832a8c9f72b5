package antiphon.live;

import antiphon.HotPath;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.ProducerType;
import org.jspecify.annotations.Nullable;

/**
 * What both rings have in common: slots that are made once, and one consumer that polls and parks. Each ring has its
 * own rules for what it takes when it is nearly full.
 */
abstract class MessageRing {
    static final int CAPACITY = 1024;

    final RingBuffer<Slot> ring;
    private final Parking parking = new Parking();

    MessageRing(ProducerType producers) {
        ring = RingBuffer.create(producers, Slot::new, CAPACITY, parking);
    }

    /** For the one consumer: what it parks on. */
    final Parking parking() {
        return parking;
    }

    /**
     * A poller for the one consumer. Only with a poller can the ring become full; without, old messages are
     * overwritten.
     */
    final EventPoller<Slot> newPoller() {
        EventPoller<Slot> poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        return poller;
    }

    /** True if something was published that a consumer at this sequence has not seen. */
    @HotPath
    final boolean hasAfter(long sequence) {
        return ring.getCursor() > sequence;
    }

    /** Wakes the consumer if it is parked. Any thread. */
    @HotPath
    final void wake() {
        parking.signalAllWhenBlocking();
    }

    /** How many were claimed so far: when the consumer has got there, it has seen all that was published by now. */
    @HotPath
    final long claimed() {
        return ring.getCursor();
    }

    /** Fills a claimed place and lets the consumer see it. */
    @HotPath
    final void fill(long sequence, int what, int input, int message, long nanos, long value, @Nullable Object payload) {
        Slot slot = ring.get(sequence);
        slot.what = what;
        slot.input = input;
        slot.message = message;
        slot.nanos = nanos;
        slot.value = value;
        slot.payload = payload;
        ring.publish(sequence);
    }
}
