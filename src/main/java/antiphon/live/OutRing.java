package antiphon.live;

import antiphon.HotPath;
import antiphon.music.Message;
import com.lmax.disruptor.dsl.ProducerType;

/**
 * From the engine to a sender with a thread of its own: one producer at a time, one consumer. After the engine's
 * thread has ended, who ends the program ends what sounds. The last {@value #RESERVED} places are only for messages that
 * end notes, so that every note can end even in a flood of notes.
 */
@HotPath
final class OutRing extends MessageRing implements Outlet {
    static final int RESERVED = 256;

    OutRing() {
        super(ProducerType.MULTI);
    }

    /** Behind it are ports that send each message when it is due, whatever it answers. */
    @Override
    public void answersAfter(long immediateNanos) {}

    /** A thread of its own empties it. */
    @Override
    public boolean isEmpty() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * @return false if there was no room: for a note-on, when only reserved places are left
     */
    @Override
    public boolean send(int message, long dueNanos, long causeNanos) {
        if (!ring.hasAvailableCapacity(Message.isNoteOn(message) ? RESERVED + 1 : 1)) {
            return false;
        }
        fill(ring.next(), Slot.MESSAGE, 0, message, dueNanos, causeNanos, null);
        return true;
    }
}
