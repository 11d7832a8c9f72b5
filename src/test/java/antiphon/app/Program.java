package antiphon.app;

import antiphon.midi.jack.JackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The finished program as a process of its own, started as {@code bin/antiphon} starts it, but from the classes under
 * test. Knows no settings but those given here: it has a home, a state and a configuration folder of its own.
 */
final class Program implements AutoCloseable {
    private static final List<String> LIVE = List.of("run", "demo", "rehearse", "bench");
    /** As in bin/antiphon: LauncherTest compares them. */
    static final List<String> LIVE_FLAGS =
            List.of("-XX:+UseZGC", "-Xms16m", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:ZUncommitDelay=2");

    static final List<String> SHORT_FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** More than any of our tests lets one run: what hangs must not keep the build waiting. */
    private static final long MOST_SECONDS = 230;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** Where it will run: in this folder, without a JACK server. */
    static Place in(Path folder) {
        Place place = new Place(folder);
        place.with("XDG_STATE_HOME", folder.resolve("state").toString());
        place.with("XDG_RUNTIME_DIR", "");
        place.with("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return place.with("JACK_DEFAULT_SERVER", "antiphon-test-none");
    }

    /** A folder and an environment to run in, again and again. */
    static final class Place {
        private final Path folder;
        private final Map<String, String> environment = new TreeMap<>();

        private Place(Path folder) {
            this.folder = folder;
        }

        Place on(JackServer server) {
            return with("JACK_DEFAULT_SERVER", server.name());
        }

        Place with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Starts {@code antiphon ARGUMENTS}. */
        Program start(String... arguments) throws IOException {
            return start(Redirect.PIPE, arguments);
        }

        /** The same with its output to a file or a pipe. */
        Program startInto(Path output, String... arguments) throws IOException {
            return start(Redirect.to(output.toFile()), arguments);
        }

        private Program start(Redirect output, String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(jvmArguments().split(" ")));
            command.addAll(LIVE.contains(arguments[0]) ? LIVE_FLAGS : SHORT_FLAGS);
            command.add("-Dantiphon.home=" + Path.of("").toAbsolutePath());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "antiphon.app.Main"));
            command.addAll(List.of(arguments));
            Path errors = Files.createTempFile(folder, "errors", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(errors.toFile())
                    .redirectOutput(output);
            // A variable of the developer's shell must not decide what we test.
            builder.environment().keySet().removeIf(name -> name.startsWith("ANTIPHON_") || name.contains("JAVA_"));
            builder.environment().putAll(environment);
            return new Program(builder.start(), errors);
        }

        /** Starts {@code antiphon run --backend jack ARGUMENTS} and waits until it listens. */
        Program run(String... arguments) throws IOException {
            return runOn("jack", arguments);
        }

        /** The same on another back end. */
        Program runOn(String backend, String... arguments) throws IOException {
            List<String> all = new ArrayList<>(List.of("run", "--backend", backend));
            all.addAll(List.of(arguments));
            Program program = start(all.toArray(String[]::new));
            String line = program.output.readLine();
            if (line == null || !line.startsWith("ready:")) {
                program.close();
                throw new AssertionError("not ready: " + line + "\n" + Files.readString(program.errors));
            }
            return program;
        }

        /** Starts it and waits for its end. */
        Ended runToEnd(String... arguments) throws IOException, InterruptedException {
            try (Program program = start(arguments)) {
                return program.end();
            }
        }
    }

    private static final Pattern PEER = Pattern.compile("WARN midi\\.(in|out) \".*\": (gone|back|disconnected)\\..*");

    /** What it leaves behind. */
    record Ended(int status, String output, String errors) {
        /**
         * What it complained of, except that the machine is too busy for JACK, which is the machine's fault, and that a peer
         * of a test has left.
         */
        List<String> complaints() {
            return errors.lines()
                    .filter(line ->
                            !line.contains(" xrun") && !PEER.matcher(line).matches())
                    .toList();
        }
    }

    long pid() {
        return process.pid();
    }

    /** The next line that it prints; empty if there is none. */
    String line() throws IOException {
        String line = output.readLine();
        return line == null ? "" : line;
    }

    /** Waits for its end. */
    Ended end() throws IOException, InterruptedException {
        String printed = String.join("\n", output.lines().toList());
        int status = process.waitFor();
        return new Ended(status, printed, Files.readString(errors));
    }

    /** Tells it to stop, as Ctrl-C, kill and systemd do; returns how long it then lived. */
    long stop() throws InterruptedException {
        long toldNanos = System.nanoTime();
        // Not Process.destroy, which would also close the pipe that its last words come through.
        process.toHandle().destroy();
        process.waitFor();
        return System.nanoTime() - toldNanos;
    }

    /** Ends its standard input, as the end of who started it would. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Ends it as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        output.close();
    }

    /** The flags that the build and {@code bin/antiphon} give to every JVM. */
    static String jvmArguments() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String start = "<antiphon.jvm.args>";
        return pom.substring(pom.indexOf(start) + start.length(), pom.indexOf("</antiphon.jvm.args>"));
    }
}
