package antiphon.bench;

import antiphon.midi.MidiException;
import antiphon.midi.jack.JackBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A JACK server of our own, without a sound card: {@code jackd -R -d dummy} under a name that nobody else uses. Works
 * as any user; without real-time rights jackd says so and goes on at ordinary priority.
 *
 * <p>A cold object for one thread; only the shutdown hook ends the server from another.
 */
public final class JackDaemon implements AutoCloseable {
    /** Frames a second. */
    public static final int SAMPLE_RATE = 48_000;

    private static final long MAX_START_SECONDS = 20;
    private static final long MAX_STOP_SECONDS = 10;
    private static final long KNOCK_NANOS = 20_000_000L;
    private static final String TOO_MANY =
            "If there are too many servers: end every jackd, then rm" + " /dev/shm/jack-shm-registry";

    private final String name;
    private final Process process;
    private final Path log;

    private JackDaemon(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a server; returns once it answers.
     *
     * @param name what JACK_DEFAULT_SERVER must be for others to find it
     * @param synchronous whether the server waits for its clients in every cycle (jackd's -S): then a late client makes
     *     the cycle late, else its output is lost
     * @param log gets what jackd prints
     * @throws MidiException if it cannot be started or does not answer
     */
    public static JackDaemon start(String name, int periodFrames, boolean synchronous, Path log) {
        List<String> command = new ArrayList<>(List.of("jackd", "-n", name, "-R", "-P", "60"));
        if (synchronous) {
            command.add("-S");
        }
        command.addAll(List.of("--no-mlock", "-d", "dummy", "-r", "" + SAMPLE_RATE, "-p", "" + periodFrames));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException missing) {
            throw new MidiException(
                    "jackd: cannot be started; a JACK server needed. Start one, or run: apt install jackd2", missing);
        }
        // Not killed, because a killed server keeps one of JACK's eight places.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        JackDaemon daemon = new JackDaemon(name, process, log);
        daemon.awaitAnswer();
        return daemon;
    }

    /** Asks again and again until the server answers, because before that there is nothing to wait for. */
    private void awaitAnswer() {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_START_SECONDS);
        while (true) {
            try {
                JackBackend.open("antiphon-knock", false, name).close();
                return;
            } catch (MidiException notYet) {
                if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
                    close();
                    throw new MidiException(
                            "jackd: does not answer; a JACK server needed. It says: " + lastLine() + ". " + TOO_MANY,
                            notYet);
                }
                LockSupport.parkNanos(KNOCK_NANOS);
            }
        }
    }

    private String lastLine() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "nothing" : lines.getLast();
        } catch (IOException unreadable) {
            return "nothing";
        }
    }

    /** What JACK_DEFAULT_SERVER must be for others to find it. */
    public String name() {
        return name;
    }

    /** Ends the server without warning, as a crash would. It keeps one of JACK's eight places. */
    public void kill() {
        // Its next namesake would find it alive.
        process.destroyForcibly().onExit().join();
    }

    /** Ends the server in good order and waits for that. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(MAX_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
