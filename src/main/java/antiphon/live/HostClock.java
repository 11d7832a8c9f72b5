package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Control;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.Transport;
import antiphon.music.Message;

/** Puts the ticks of the host's transport into the in ring, as those of one more input. Real-time thread. */
@HotPath
final class HostClock implements Transport {
    private final int input;
    private final InRing ring;
    private final Meters meters;

    /** @param input a number that no input has */
    HostClock(int input, InRing ring, Meters meters) {
        this.input = input;
        this.ring = ring;
        this.meters = meters;
    }

    @Override
    public void clock(int message, long nanos) {
        if (Message.isClock(message) && !ring.publish(input, message, nanos, Slot.NOT_COPIED)) {
            meters.inRingDrops.incrementAndGet();
        }
    }

    @Override
    public void quartersPerBar(int quarters, long nanos) {
        // As many as play.beats-per-bar allows; what lies outside stays as it was set.
        boolean allowed = quarters >= 1 && quarters <= Settings.Beat.MAX_BEATS_PER_BAR;
        if (allowed && !ring.control(Control.BEATS_PER_BAR, quarters, nanos)) {
            meters.inRingDrops.incrementAndGet();
        }
    }

    @Override
    public void slipped(long byNanos, long nanos) {
        if (!ring.control(Control.SLIP, byNanos, nanos)) {
            meters.inRingDrops.incrementAndGet();
        }
    }
}
