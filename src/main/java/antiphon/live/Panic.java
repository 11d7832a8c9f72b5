package antiphon.live;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Silences ports without knowing what sounds there: takes pedals and wheels back to rest, sends the two channel mode messages made for this,
 * and, because many instruments ignore those, a note-off for every key of every channel. Cold path.
 */
public final class Panic {
    private static final long RETRY_NANOS = 1_000_000L;
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private Panic() {}

    /**
     * How it went with one port.
     *
     * @param failure why it may still sound, one line for people; null if everything was sent
     */
    public record Outcome(PortInfo port, @Nullable String failure) {}

    /**
     * Starts the back end and silences these ports, each by an output of its own, so that a dead port does not keep the
     * others from being silenced. The caller closes the back end.
     *
     * @throws MidiException if the back end does not start
     */
    public static List<Outcome> silence(MidiBackend backend, List<PortInfo> destinations) {
        return silence(backend, destinations, PATIENCE_NANOS);
    }

    static List<Outcome> silence(MidiBackend backend, List<PortInfo> destinations, long patienceNanos) {
        // The back end starts before any port is opened: otherwise it would connect all of them or none.
        backend.start();
        List<Outcome> outcomes = new ArrayList<>();
        for (PortInfo destination : destinations) {
            String name = outcomes.isEmpty() ? "out" : "out-" + (outcomes.size() + 1);
            outcomes.add(new Outcome(destination, silence(backend, name, destination, patienceNanos)));
        }
        return outcomes;
    }

    private static @Nullable String silence(
            MidiBackend backend, String name, PortInfo destination, long patienceNanos) {
        try {
            OutputPort port = backend.openOutput(name, List.of(destination));
            return sendAll(port, patienceNanos)
                    ? null
                    : "midi.out \"" + destination.name() + "\": takes no messages; it must be alive. Restart it.";
        } catch (MidiException failure) {
            return failure.getMessage();
        }
    }

    private static boolean sendAll(OutputPort port, long patienceNanos) {
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            boolean sent = true;
            for (int lasting = 0; sent && lasting < Lasting.COUNT; lasting++) {
                sent = send(port, Lasting.atRest(lasting, channel), patienceNanos);
            }
            sent = sent
                    && send(port, Message.control(channel, Message.ALL_NOTES_OFF, 0), patienceNanos)
                    && send(port, Message.control(channel, Message.ALL_SOUND_OFF, 0), patienceNanos);
            for (int pitch = 0; sent && pitch < Message.PITCHES; pitch++) {
                sent = send(port, Message.noteOff(channel, pitch), patienceNanos);
            }
            if (!sent) {
                return false;
            }
        }
        return true;
    }

    /** False if the port took nothing for this long: then it is dead, and further messages would wait for nothing. */
    private static boolean send(OutputPort port, int message, long patienceNanos) {
        long startNanos = System.nanoTime();
        while (!port.send(message, System.nanoTime())) {
            if (System.nanoTime() - startNanos > patienceNanos) {
                return false;
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
        return true;
    }
}
