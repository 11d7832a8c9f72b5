package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiReceiver;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an input port's messages meet first: copied to the output unchanged if thru is on, then put into the in ring.
 * Runs on the device's own thread and waits for nothing.
 */
@HotPath
final class Thru implements MidiReceiver {
    private static final int CHANNEL_MESSAGES_BELOW = 0xF0;

    private final InRing ring;
    private final @Nullable OutputPort port;
    private final NoteLedger ledger;
    private final Meters meters;
    private final LongSupplier nanoClock;

    /**
     * Makes a receiver for one input.
     *
     * @param port where messages are copied to, or null for no thru
     */
    Thru(InRing ring, @Nullable OutputPort port, HeldNotes journal, Meters meters, LongSupplier nanoClock) {
        this.ring = ring;
        this.port = port;
        this.ledger = new NoteLedger(journal, 0);
        this.meters = meters;
        this.nanoClock = nanoClock;
    }

    @Override
    public void receive(int message, long nanos) {
        OutputPort to = port;
        if (to != null) {
            if (to.thru(message, nanos)) {
                ledger.sent(message, nanos);
            } else {
                meters.portRefusals.incrementAndGet();
            }
            Meters.record(meters.inToThruNanos, nanoClock.getAsLong() - nanos);
        }
        if ((message & 0xFF) < CHANNEL_MESSAGES_BELOW) {
            meters.messagesIn.incrementAndGet();
            if (!ring.publish(Slot.MESSAGE, message, nanos)) {
                meters.inRingDrops.incrementAndGet();
            }
        }
    }

    @Override
    public void receiveLong(byte[] bytes, int length, long nanos) {
        OutputPort to = port;
        if (to != null && !to.thruLong(bytes, length, nanos)) {
            meters.portRefusals.incrementAndGet();
        }
    }

    /**
     * Ends the player's notes that were copied and are still held: when the input is closed or lost. From the thread
     * that owns the output; see {@link NoteLedger#releaseAll}.
     */
    boolean releaseAll(long nanos, NoteLedger.Release out) {
        return ledger.releaseAll(nanos, out);
    }
}
