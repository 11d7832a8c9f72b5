package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Control;
import antiphon.improv.Successors;
import antiphon.music.Message;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.dsl.ProducerType;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change the music, on its way to the engine: many producers (device threads, port watchers,
 * controls), one consumer. When it is full, it refuses and does not wait: a device thread must never block. The last
 * {@value #RESERVED} places are only for what ends notes, pedals and commands.
 */
final class InRing extends MessageRing {
    static final int RESERVED = 256;

    InRing() {
        super(ProducerType.MULTI);
    }

    /**
     * Publishes a message that came by an input. Any thread.
     *
     * @param copied {@link Slot#COPIED} if thru has sent it on
     * @return false if there was no room and nothing was published
     */
    @HotPath
    boolean publish(int input, int message, long nanos, long copied) {
        return publish(Slot.MESSAGE, input, message, nanos, copied);
    }

    /** The same for a message of which {@link #publishCopy} tells what became of it at each output. */
    @HotPath
    boolean publishHeard(int input, int message, long nanos) {
        return publish(Slot.HEARD, input, message, nanos, Slot.NOT_COPIED);
    }

    /**
     * Publishes that a message has gone to an output.
     *
     * @param message as it went there
     * @param copied false if it should have and did not
     */
    @HotPath
    boolean publishCopy(int input, int output, int message, long nanos, boolean copied) {
        return publish(Slot.COPY, input, message, nanos, Slot.copy(output, copied));
    }

    @HotPath
    private boolean publish(int what, int input, int message, long nanos, long copied) {
        boolean ends = Ends.of(message) >= 0 || Message.isControl(message, Message.SUSTAIN_PEDAL);
        return (ends || ring.remainingCapacity() > RESERVED) && publish(what, input, message, nanos, copied, null);
    }

    /**
     * Publishes a message that is no music. Any thread.
     *
     * @param how {@link Tap#ORDERED} or {@link Tap#TAPPED}
     */
    @HotPath
    boolean command(int input, int message, long nanos, int how) {
        return ring.remainingCapacity() > RESERVED && publish(Slot.COMMAND, input, message, nanos, how, null);
    }

    /** Publishes that an input is gone. Any thread. */
    boolean lose(int input, long nanos) {
        return publish(Slot.INPUT_LOST, input, 0, nanos, 0, null);
    }

    /**
     * Publishes that an input brought back what we sent. Any thread.
     *
     * @param heard some of it was taken for somebody's playing
     */
    @HotPath
    boolean looped(int input, long nanos, boolean heard) {
        return publish(Slot.INPUT_LOST, input, 0, nanos, heard ? Slot.LOOPED_AND_HEARD : Slot.LOOPED, null);
    }

    /** Publishes a control with its value. Any thread. */
    boolean control(Control control, long value, long nanos) {
        return publish(Slot.CONTROL, 0, control.number(), nanos, value, null);
    }

    /**
     * Publishes several controls, of which the engine takes all at once: it never plays with only some of them. Any
     * thread.
     */
    boolean controls(Control[] controls, long[] values, long nanos) {
        long last;
        try {
            last = ring.tryNext(controls.length);
        } catch (InsufficientCapacityException full) {
            return false;
        }
        // The first is published last: as long as it is not, the engine cannot see those behind it.
        for (int i = controls.length - 1; i >= 0; i--) {
            fill(last - controls.length + 1 + i, Slot.CONTROL, 0, controls[i].number(), nanos, values[i], null);
        }
        return true;
    }

    /** Publishes minds that are to take over, with the number by which a journal names its network. Any thread. */
    boolean succeed(Successors successors, int number, long nanos) {
        return publish(Slot.SUCCESSOR, 0, 0, nanos, number, successors);
    }

    /** Publishes that other routes hold. Any thread. */
    boolean route(Routing routing, long nanos) {
        return publish(Slot.ROUTES, 0, 0, nanos, 0, routing);
    }

    /** Publishes an entry of a journal, whose kind is one of the numbers of {@link Tap}. */
    void repeat(int what, int input, int message, long nanos, long value) {
        int repeated = what == Tap.HEARD ? Slot.MESSAGE : what == Tap.CONTROL ? Slot.CONTROL : Slot.INPUT_LOST;
        publish(repeated, input, message, nanos, value, null);
    }

    @HotPath
    private boolean publish(int what, int input, int message, long nanos, long value, @Nullable Object payload) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            // A preallocated exception: this is how the Disruptor says "full".
            return false;
        }
        fill(sequence, what, input, message, nanos, value, payload);
        return true;
    }
}
