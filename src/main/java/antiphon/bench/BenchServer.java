package antiphon.bench;

import antiphon.midi.MidiException;
import antiphon.midi.jack.JackBackend;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The JACK server to measure on: the one that runs, or one of our own without a sound card. */
final class BenchServer implements AutoCloseable {
    private static final int DEFAULT_PERIOD = 64;
    private static final String CLIENT = "antiphon-bench";

    private final String name;
    private final @Nullable JackDaemon own;
    private final int periodFrames;
    private final int sampleRate;

    private BenchServer(String name, @Nullable JackDaemon own) {
        this.name = name;
        this.own = own;
        try (JackBackend client = JackBackend.open(CLIENT, false, name)) {
            periodFrames = client.periodFrames();
            sampleRate = client.frames().perSecond();
        }
    }

    /**
     * Takes the server that runs, unless a period is asked for; else starts one.
     *
     * @param periodFrames frames a cycle for a server of our own, 0 for whatever there is
     * @param log where our own server writes what it says
     * @throws MidiException if none runs and none can be started
     */
    static BenchServer find(int periodFrames, Path log) {
        if (periodFrames == 0) {
            try {
                return new BenchServer(System.getenv().getOrDefault("JACK_DEFAULT_SERVER", ""), null);
            } catch (MidiException none) {
                return start(DEFAULT_PERIOD, log);
            }
        }
        return start(periodFrames, log);
    }

    private static BenchServer start(int periodFrames, Path log) {
        String name = CLIENT + "-" + ProcessHandle.current().pid();
        JackDaemon daemon = JackDaemon.start(name, periodFrames, true, log);
        try {
            return new BenchServer(name, daemon);
        } catch (MidiException gone) {
            daemon.close();
            throw gone;
        }
    }

    int periodFrames() {
        return periodFrames;
    }

    int sampleRate() {
        return sampleRate;
    }

    /** For the report's first line. */
    String describe() {
        String whose = own == null ? "the running server" : "a server of our own (jackd -R -P 60 -S -d dummy)";
        return whose + ", " + sampleRate + " Hz, " + periodFrames + " frames a period";
    }

    /** Makes a process a client of this server. */
    void addTo(ProcessBuilder builder) {
        if (!name.isEmpty()) {
            builder.environment().put("JACK_DEFAULT_SERVER", name);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
