package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Improviser;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import com.lmax.disruptor.EventPoller;
import java.util.function.LongSupplier;

/**
 * Feeds the improviser from the in ring and lets it play into the out ring. Runs on the engine thread, or step by
 * step on a virtual clock.
 */
@HotPath
final class Engine {

    /** Should failures follow on one another, they must not take a whole core. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000L;

    private final InRing in;
    private final OutRing out;
    private final Improviser improviser;
    private final Meters meters;
    private final LongSupplier nanoClock;
    private final EventPoller<Slot> poller;
    private final EventPoller.Handler<Slot> handler = this::take;
    private final MessageSink sink = this::publish;

    /** Improviser time never runs backwards, though two devices' stamps may cross. */
    private long latestNanos;

    private long heardNanos;
    private boolean heard;

    /** When the message came that is being heard: whatever is published meanwhile answers it. */
    private long causeNanos = Slot.NO_CAUSE;

    Engine(InRing in, OutRing out, Improviser improviser, Meters meters, LongSupplier nanoClock) {
        this.in = in;
        this.out = out;
        this.improviser = improviser;
        this.meters = meters;
        this.nanoClock = nanoClock;
        poller = in.newPoller();
    }

    /** Begins a piece; call once, before the first {@link #doWork}. */
    void begin() {
        latestNanos = nanoClock.getAsLong();
        improviser.begin(latestNanos);
    }

    /**
     * Takes in all that has come and sends all that is due.
     *
     * @return when to call again at the latest; earlier if a message comes
     */
    long doWork() {
        try {
            return work();
        } catch (Exception failure) {
            recover();
            return latestNanos + PAUSE_AFTER_FAILURE_NANOS;
        }
    }

    /** True if a message waits in the ring. */
    boolean hasWork() {
        return in.hasAfter(poller.getSequence().get());
    }

    private long work() throws Exception {
        heard = false;
        long begunNanos = nanoClock.getAsLong();
        poller.poll(handler);
        long now = Math.max(latestNanos, nanoClock.getAsLong());
        long nextNanos = improviser.advance(now, sink);
        if (heard) {
            long doneNanos = nanoClock.getAsLong();
            Meters.record(meters.inToHeardNanos, doneNanos - heardNanos);
            Meters.record(meters.engineNanos, doneNanos - begunNanos);
        }
        return nextNanos;
    }

    private boolean take(Slot slot, long sequence, boolean endOfBatch) {
        try {
            hear(slot);
        } catch (RuntimeException failure) {
            // Here, because the poller would give us the same slot again for ever.
            recover();
        }
        return true;
    }

    private void hear(Slot slot) {
        latestNanos = Math.max(latestNanos, slot.nanos);
        if (slot.what == Slot.MESSAGE) {
            causeNanos = slot.nanos;
            improviser.hear(slot.message, latestNanos, sink);
            causeNanos = Slot.NO_CAUSE;
            // The first of a batch has waited longest: that is the latency to report.
            heardNanos = heard ? heardNanos : slot.nanos;
            heard = true;
        } else {
            for (int channel = 0; channel < Message.CHANNELS; channel++) {
                improviser.hear(Message.control(channel, Message.ALL_SOUND_OFF, 0), latestNanos, sink);
            }
            out.publish(Slot.INPUT_LOST, 0, latestNanos);
        }
    }

    /** The music goes on: what sounds is released, the network starts afresh. The watch tells people. */
    private void recover() {
        causeNanos = Slot.NO_CAUSE;
        meters.failures.incrementAndGet();
        latestNanos = Math.max(latestNanos, nanoClock.getAsLong());
        out.publish(Slot.RELEASE_ALL, 0, latestNanos);
        improviser.begin(latestNanos);
    }

    private void publish(int message, long dueNanos) {
        if (!out.publish(Slot.MESSAGE, message, dueNanos, causeNanos)) {
            meters.outRingDrops.incrementAndGet();
        } else if (causeNanos != Slot.NO_CAUSE) {
            Meters.record(meters.inToDecidedNanos, nanoClock.getAsLong() - causeNanos);
        }
    }
}
