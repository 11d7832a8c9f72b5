package antiphon.midi;

import antiphon.midi.MidiBackend.OutputPort;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Passes everything on from {@code in} to {@code out}, and counts it. */
public final class ThruReceiver implements MidiReceiver {
    private final OutputPort output;
    private final AtomicLong count = new AtomicLong();

    private ThruReceiver(OutputPort output) {
        this.output = output;
    }

    /** Opens both ports and starts the back end. */
    public static ThruReceiver start(MidiBackend backend) {
        ThruReceiver thru = new ThruReceiver(backend.openOutput("out", List.of()));
        backend.openInput("in", List.of(), thru);
        backend.start();
        return thru;
    }

    public OutputPort output() {
        return output;
    }

    public long count() {
        return count.get();
    }

    @Override
    public void receive(int message, long nanos) {
        output.thru(message, nanos);
        count.incrementAndGet();
    }

    @Override
    public void receiveLong(byte[] bytes, int length, long nanos) {
        output.thruLong(bytes, length, nanos);
        count.incrementAndGet();
    }
}
