package antiphon.midi.jack;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A {@link JackOutput} as the rest of the program sees it. Opened and closed by the thread that owns the back end. */
final class JackOutPort implements MidiBackend.OutputPort {
    private final String fullName;
    private final JackOutput port;
    private final List<PortInfo> destinations;
    private final int sampleRate;
    private final BooleanSupplier gone;
    private final Consumer<JackOutPort> closing;
    private volatile boolean open = true;

    /**
     * Makes a port that is open and connected to nothing.
     *
     * @param gone true when there is no server any more, or we have left it; any thread
     * @param closing called once or more often when this is closed: to take it off JACK
     */
    JackOutPort(
            String fullName,
            JackOutput port,
            List<PortInfo> destinations,
            int sampleRate,
            BooleanSupplier gone,
            Consumer<JackOutPort> closing) {
        this.fullName = fullName;
        this.port = port;
        this.destinations = destinations;
        this.sampleRate = sampleRate;
        this.gone = gone;
        this.closing = closing;
    }

    /** The callback's part of it. */
    JackOutput port() {
        return port;
    }

    /** The peers it was opened with. */
    List<PortInfo> destinations() {
        return destinations;
    }

    /** @param connecting connects two ports by their full names */
    void connect(BiConsumer<String, String> connecting) {
        destinations.forEach(destination -> connecting.accept(fullName, destination.name()));
    }

    @Override
    public String fullName() {
        return fullName;
    }

    @Override
    @HotPath
    public boolean send(int message, long dueNanos) {
        return open && !gone.getAsBoolean() && port.send(message, dueNanos);
    }

    @Override
    @HotPath
    public boolean answer(int message, long dueNanos, long causeNanos) {
        return open && !gone.getAsBoolean() && port.send(message, dueNanos, causeNanos);
    }

    @Override
    public boolean observeAnswers(LongConsumer delayNanos) {
        port.observeAnswers(frames -> delayNanos.accept(frames * MidiBackend.NANOS_PER_SECOND / sampleRate));
        return true;
    }

    @Override
    @HotPath
    public boolean thru(int message, long nanos) {
        return port.thru(message, nanos);
    }

    @Override
    @HotPath
    public boolean thruLong(byte[] bytes, int length, long nanos) {
        return port.thruLong(bytes, length, nanos);
    }

    @Override
    public long lateCount() {
        return port.late();
    }

    @Override
    public long lateNotes() {
        return port.lateNotes();
    }

    @Override
    public long droppedLateNotes() {
        return port.droppedNotes();
    }

    @Override
    public void close() {
        open = false;
        closing.accept(this);
    }
}
