package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiReceiver;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of our input ports: what the peers that are connected with it play. */
final class RtpInput implements MidiBackend.InputPort, Heard {
    private final String fullName;
    private final Consumer<RtpInput> closing;
    private final AtomicLong errors = new AtomicLong();
    private volatile @Nullable MidiReceiver receiver;
    private volatile boolean started;

    RtpInput(String fullName, MidiReceiver receiver, Consumer<RtpInput> closing) {
        this.fullName = fullName;
        this.receiver = receiver;
        this.closing = closing;
    }

    /** From now on it receives. */
    void start() {
        started = true;
    }

    /** Exceptions of the receiver. Any thread. */
    long errors() {
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
