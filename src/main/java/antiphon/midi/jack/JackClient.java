package antiphon.midi.jack;

import antiphon.midi.MidiException;
import antiphon.midi.NoServerException;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Joining a JACK server and leaving it again. */
final class JackClient {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(5);

    private static final int MAX_NUMBER = 99;

    private JackClient() {}

    /** Returns libjack's client; for the rest see {@link JackBackend#open(String, boolean, String)}. */
    static long open(String clientName, boolean exactName, String serverName) {
        JackLibrary.require();
        silenceLibrary();
        int options = Jack.NO_START_SERVER
                | (exactName ? Jack.USE_EXACT_NAME : 0)
                | (serverName.isEmpty() ? 0 : Jack.SERVER_NAME);
        int[] status = new int[1];
        long client = openAlone(clientName, options, status, serverName);
        if (client != 0) {
            return client;
        }
        if ((status[0] & Jack.STATUS_SERVER_FAILED) != 0) {
            throw noServer();
        }
        if (exactName) {
            // JACK 2 does not set the status bit that is meant for this; but a server that answered has refused us.
            throw new MidiException("jack: a client \"" + clientName + "\" is already there; the name must be free. "
                    + "Stop it, or choose another name.");
        }
        throw new MidiException("jack: the server refuses us (status 0x" + Integer.toHexString(status[0])
                + "); one of the same version with room for another client is needed. Restart it, or use --backend"
                + " javasound.");
    }

    /** Takes names as JACK does where it is free to: NAME-01 if NAME is taken, and so on. 0 if there is no client to be had. */
    private static long openAlone(String clientName, int options, int[] status, String serverName) {
        boolean exactName = (options & Jack.USE_EXACT_NAME) != 0;
        for (int number = 0; number <= (exactName ? 0 : MAX_NUMBER); number++) {
            String name = number == 0 ? clientName : clientName + (number < 10 ? "-0" : "-") + number;
            long client = open(name, options, status, serverName);
            if (client == 0 || !Jack.sharesName(client)) {
                return client;
            }
            Jack.clientClose(client);
        }
        return 0;
    }

    /** libjack waits for ever for a server that hangs; so it gets a thread and a time limit. */
    private static long open(String clientName, int options, int[] status, String serverName) {
        FutureTask<Long> opening = new FutureTask<>(() -> Jack.clientOpen(clientName, options, status, serverName));
        Thread.ofPlatform().daemon().name("antiphon-jack-open").start(opening);
        try {
            return opening.get(OPEN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hangs) {
            throw new MidiException("jack: the server is there and does not answer for " + OPEN_PATIENCE.toSeconds()
                    + " s; a working one is needed. Restart it, or use --backend javasound.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MidiException("jack: interrupted while joining the server.");
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private static NoServerException noServer() {
        return new NoServerException("jack: no server answers; one must be running. "
                + (JackLibrary.isPipeWireRunning(System.getenv())
                        ? "PipeWire runs: start with pw-jack bin/antiphon run"
                        : "Start one (jackd -d alsa, or PipeWire with pw-jack)"));
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
