package antiphon.midi.jack;

import antiphon.midi.MidiException;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Joining a JACK server and leaving it again. */
final class JackClient {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private JackClient() {}

    /** Returns libjack's client; for the rest see {@link JackBackend#open(String, boolean, String)}. */
    static long open(String clientName, boolean exactName, String serverName) {
        JackLibrary.require();
        silenceLibrary();
        int options = Jack.NO_START_SERVER
                | (exactName ? Jack.USE_EXACT_NAME : 0)
                | (serverName.isEmpty() ? 0 : Jack.SERVER_NAME);
        int[] status = new int[1];
        long client = Jack.clientOpen(clientName, options, status, serverName);
        if (client != 0) {
            return client;
        }
        if (exactName && (status[0] & Jack.STATUS_SERVER_FAILED) == 0) {
            // JACK 2 does not set the status bit that is meant for this; but a server that answered has refused us.
            throw new MidiException("jack: a client \"" + clientName + "\" is already there; the name must be free. "
                    + "Stop it, or choose another name.");
        }
        throw new MidiException("jack: no server answers; one must be running. "
                + "Start one (jackd -d alsa, or PipeWire with pw-jack), or use --backend javasound.");
    }

    /**
     * libjack prints to stderr whatever happens. Both functions get C's strlen: it takes a string, does nothing, and,
     * unlike an upcall, can be called from any thread at any time, even while the JVM goes down.
     */
    private static void silenceLibrary() {
        MemorySegment strlen =
                Linker.nativeLinker().defaultLookup().find("strlen").orElse(MemorySegment.NULL);
        Jack.setGlobal("jack_set_error_function", strlen);
        Jack.setGlobal("jack_set_info_function", strlen);
    }

    /**
     * True if libjack has freed the client. It may hang with its server, so it gets a thread and a time limit.
     *
     * @param silence called when the client is active no more: takes its callbacks away
     */
    static boolean close(long client, boolean active, Runnable silence) {
        Thread leaver = new Thread(
                () -> {
                    if (active) {
                        Jack.deactivate(client);
                    }
                    silence.run();
                    Jack.clientClose(client);
                },
                "antiphon-jack-close");
        leaver.setDaemon(true);
        leaver.start();
        try {
            return leaver.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
