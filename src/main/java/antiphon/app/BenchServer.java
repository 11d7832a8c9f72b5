package antiphon.app;

import antiphon.midi.MidiException;
import antiphon.midi.jack.JackBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The JACK server to measure on: the one that runs, or one of our own without a sound card. */
final class BenchServer implements AutoCloseable {
    private static final int DEFAULT_PERIOD = 64;
    private static final int SAMPLE_RATE = 48_000;
    private static final long MOST_SECONDS = 10;
    private static final long KNOCK_NANOS = 20_000_000L;

    private final String name;
    private final @Nullable Process own;
    private final int periodFrames;
    private final int sampleRate;

    private BenchServer(String name, @Nullable Process own, JackBackend client) {
        this.name = name;
        this.own = own;
        periodFrames = client.periodFrames();
        sampleRate = client.frames().perSecond();
    }

    /**
     * Takes the server that runs, unless a period is asked for; else starts one.
     *
     * @param periodFrames frames a cycle for a server of our own, 0 for whatever there is
     * @param log where our own server writes what it says
     */
    static BenchServer find(int periodFrames, Path log) {
        String running = System.getenv().getOrDefault("JACK_DEFAULT_SERVER", "");
        if (periodFrames == 0) {
            try (JackBackend client = JackBackend.open("antiphon-bench", false, running)) {
                return new BenchServer(running, null, client);
            } catch (MidiException none) {
                return start(DEFAULT_PERIOD, log);
            }
        }
        return start(periodFrames, log);
    }

    private static BenchServer start(int periodFrames, Path log) {
        String name = "antiphon-bench-" + ProcessHandle.current().pid();
        Process process = launch(name, periodFrames, log);
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadlineNanos) {
            try (JackBackend client = JackBackend.open("antiphon-bench", false, name)) {
                return new BenchServer(name, process, client);
            } catch (MidiException notYet) {
                LockSupport.parkNanos(KNOCK_NANOS);
            }
        }
        process.destroy();
        throw new PortsUnavailableException("jackd: does not answer; a JACK server needed. It says: " + lastLine(log));
    }

    /** As in `facts.md`: synchronous, so that a late client makes the cycle late instead of losing its output. */
    private static Process launch(String name, int periodFrames, Path log) {
        List<String> command = List.of("jackd", "-n", name, "-R", "-P", "60", "-S", "--no-mlock");
        List<String> driver = List.of("-d", "dummy", "-r", "" + SAMPLE_RATE, "-p", "" + periodFrames);
        ProcessBuilder builder = new ProcessBuilder(java.util.stream.Stream.of(command, driver)
                .flatMap(List::stream)
                .toList());
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // Not killed: a killed server keeps one of JACK's eight places for ever.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return process;
        } catch (IOException missing) {
            throw new PortsUnavailableException(
                    "jackd: cannot be started; a JACK server needed. Start one, or run: apt install jackd2");
        }
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "nothing" : lines.getLast();
        } catch (IOException unreadable) {
            return "nothing";
        }
    }

    /** What JACK_DEFAULT_SERVER must be for others to find it; empty for JACK's default. */
    String name() {
        return name;
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
            own.destroy();
            try {
                own.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
