package antiphon.live;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.midi.PortInfo;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Silences ports without knowing what sounds there: lifts pedals, sends the two channel mode messages made for this,
 * and, because many instruments ignore those, a note-off for every key of every channel. Cold path.
 */
public final class Panic {
    private static final int CHANNELS = 16;
    private static final int PITCHES = 128;
    private static final long RETRY_NANOS = 1_000_000L;

    /** A port that takes nothing for two seconds is dead. */
    private static final int MOST_RETRIES = 2_000;

    private Panic() {}

    /** Opens an output connected to these ports, starts the back end and silences them. The caller closes it. */
    public static void silence(MidiBackend backend, List<PortInfo> destinations) {
        OutputPort port = backend.openOutput("out", destinations);
        backend.start();
        for (int channel = 0; channel < CHANNELS; channel++) {
            send(port, Message.control(channel, Message.SUSTAIN_PEDAL, 0));
            send(port, Message.control(channel, Message.ALL_NOTES_OFF, 0));
            send(port, Message.control(channel, Message.ALL_SOUND_OFF, 0));
            for (int pitch = 0; pitch < PITCHES; pitch++) {
                send(port, Message.noteOff(channel, pitch));
            }
        }
    }

    private static void send(OutputPort port, int message) {
        for (int i = 0; i < MOST_RETRIES && !port.send(message, System.nanoTime()); i++) {
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }
}
