package antiphon.live;

import antiphon.improv.Control;
import antiphon.midi.MidiBackend.PortObserver;
import java.util.function.LongSupplier;

/**
 * Tells the engine when the period of the MIDI system has changed, by hand ({@code jack_bufsize}) or because another server
 * runs: messages must then be handed over earlier or later than before. It goes through the in ring, so that a journal has
 * it. The back end's cold thread.
 */
final class Period implements PortObserver {
    private final LongSupplier periodNanos;
    private final Controls controls;
    private long toldNanos;

    /** @param periodNanos how long a period is now: {@link antiphon.midi.MidiBackend#thruNanos} */
    Period(LongSupplier periodNanos, Controls controls) {
        this.periodNanos = periodNanos;
        this.controls = controls;
        toldNanos = controls.value(Control.PERIOD);
    }

    /** Where the ring is full it is told with the next event. */
    @Override
    public void portsChanged() {
        long nanos = periodNanos.getAsLong();
        if (nanos != toldNanos && controls.submit(Control.PERIOD, nanos)) {
            toldNanos = nanos;
        }
    }

    /** The next server may have another one: {@link #portsChanged} follows when it is there. */
    @Override
    public void systemLost(String reason) {}
}
