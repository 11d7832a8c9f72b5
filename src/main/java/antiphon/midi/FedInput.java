package antiphon.midi;

import antiphon.HotPath;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of our input ports, where a thread of the back end hands over what the peers that are connected with it play. */
public final class FedInput implements MidiBackend.InputPort, Heard {
    private final String fullName;
    private final Consumer<FedInput> closing;
    private final AtomicLong errors = new AtomicLong();
    private volatile @Nullable MidiReceiver receiver;
    private volatile boolean started;

    /** @param closing called when this is closed: nothing is handed over any more when it returns */
    public FedInput(String fullName, MidiReceiver receiver, Consumer<FedInput> closing) {
        this.fullName = fullName;
        this.receiver = receiver;
        this.closing = closing;
    }

    /** From now on it receives. */
    public void start() {
        started = true;
    }

    /** Exceptions of the receiver. Any thread. */
    public long errors() {
        return errors.get();
    }

    @Override
    public String fullName() {
        return fullName;
    }

    @Override
    @HotPath
    public void message(int message, long nanos) {
        MidiReceiver to = receiver;
        if (to == null || !started) {
            return;
        }
        try {
            to.receive(message, nanos);
        } catch (RuntimeException failure) {
            // The thread must live: nobody else receives.
            errors.incrementAndGet();
        }
    }

    @Override
    @HotPath
    public void sysex(byte[] bytes, int length, long nanos) {
        MidiReceiver to = receiver;
        if (to == null || !started) {
            return;
        }
        try {
            to.receiveLong(bytes, length, nanos);
        } catch (RuntimeException failure) {
            errors.incrementAndGet();
        }
    }

    @Override
    public void close() {
        receiver = null;
        closing.accept(this);
    }
}
