package antiphon.midi.jack;

import antiphon.bench.JackDaemon;
import antiphon.midi.MidiException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link JackDaemon} of the test's own, and clients in Python for it.
 *
 * <pre>{@code
 * try (JackServer server = JackServer.start(128);
 *         JackScript recorder = server.recorder("antiphon:out", file)) { … }
 * }</pre>
 *
 * <p>Fails with the install command where jackd is missing.
 */
public final class JackServer implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String INSTALL = "Run: apt install jackd2 python3-jack-client python3-mido";

    private final Path log;
    private JackDaemon daemon;
    private boolean killed;

    private JackServer(JackDaemon daemon, Path log) {
        this.daemon = daemon;
        this.log = log;
    }

    /** Starts a synchronous server at 48 kHz; returns once it answers. */
    public static JackServer start(int periodFrames) {
        return start(periodFrames, true);
    }

    /** @param synchronous whether the server waits for its clients in every cycle (jackd's -S) */
    public static JackServer start(int periodFrames, boolean synchronous) {
        String name = "antiphon-test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        return start(name, periodFrames, synchronous);
    }

    private static JackServer start(String name, int periodFrames, boolean synchronous) {
        try {
            Path log = Files.createTempFile("jackd", ".log");
            return new JackServer(JackDaemon.start(name, periodFrames, synchronous, log), log);
        } catch (MidiException | IOException e) {
            throw new AssertionError(e.getMessage() + " " + INSTALL, e);
        }
    }

    /** What JACK_DEFAULT_SERVER must be for others to find it. */
    public String name() {
        return daemon.name();
    }

    /** Starts a program as this server's client, output and errors merged. */
    public Process run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JACK_DEFAULT_SERVER", name());
        return builder.start();
    }

    /** Runs a program to its end (at most 60 s) and returns what it printed. */
    public String runToEnd(List<String> command) throws IOException, InterruptedException {
        Process run = run(command);
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8))) {
            String printed = String.join("\n", output.lines().toList());
            if (!run.waitFor(60, TimeUnit.SECONDS)) {
                run.destroyForcibly();
                throw new AssertionError(command + " does not end:\n" + printed);
            }
            return printed;
        }
    }

    /** Plays a MIDI file into a port once told to {@linkplain JackScript#go() go}; waits until connected. */
    public JackScript player(Path midiFile, String toPort, Path log) {
        return script("jack_play.py", midiFile.toString(), "--to", toPort, "--log", log.toString(), "--wait");
    }

    /** Lets the transport roll for so long once told to {@linkplain JackScript#go() go}, and plays notes of its song. */
    public JackScript song(Path notes, String toPort, double qpm, int beatsPerBar, double seconds) {
        return script(
                "jack_song.py",
                notes.toString(),
                "--to",
                toPort,
                "--qpm",
                "" + qpm,
                "--beats-per-bar",
                "" + beatsPerBar,
                "--seconds",
                "" + seconds);
    }

    /** Records a port until {@linkplain JackScript#stop() stopped}; waits until connected. */
    public JackScript recorder(String fromPort, Path file) {
        return script("jack_record.py", "--from", fromPort, "--out", file.toString());
    }

    /**
     * Records a port, telling each message at once ({@link JackScript#awaitMessage}); ends by itself when there was
     * silence for three seconds after a message: longer than a phrase's end is waited for, and than any rest in an
     * answer.
     */
    public JackScript listener(String fromPort, Path file) {
        return script("jack_record.py", "--from", fromPort, "--out", file.toString(), "--live", "--quiet", "3");
    }

    /** A recorder with a port of its own, {@code NAME:in-1}, that others connect to; tells each message at once. */
    public JackScript instrument(String name, Path file) {
        return script("jack_record.py", "--name", name, "--out", file.toString(), "--live");
    }

    /** Changes the period while it runs, as a musician does with jack_bufsize. */
    public void setPeriod(int frames) throws IOException, InterruptedException {
        if (run(List.of("jack_bufsize", "" + frames)).waitFor() != 0) {
            throw new AssertionError("jack_bufsize " + frames + " failed. " + INSTALL);
        }
    }

    private JackScript script(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "src/test/python/" + script));
        command.addAll(List.of(arguments));
        try {
            JackScript running = new JackScript(run(command), command);
            running.awaitLine("READY");
            return running;
        } catch (IOException e) {
            throw new AssertionError("python3 cannot be started. " + INSTALL, e);
        }
    }

    /** Ends the server without warning, as a crash would. */
    public void kill() {
        killed = true;
        daemon.kill();
    }

    /** Starts it again after a {@link #kill}, under its name. */
    public void startAgain(int periodFrames) {
        try {
            daemon = JackDaemon.start(name(), periodFrames, true, log);
            killed = false;
        } catch (MidiException e) {
            throw new AssertionError(e.getMessage() + " " + INSTALL, e);
        }
    }

    /** What jackd has printed; for messages of failed assertions. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        Files.deleteIfExists(log);
        if (killed) {
            // A killed server keeps one of JACK's eight places. Its next namesake takes that over and gives it back.
            start(name(), 1024, true).close();
        }
    }
}
