package antiphon.midi.lv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A host with one instance of the real plugin, as a process of its own: src/test/c/lv2host.c, which tells the commands. */
public final class PluginHost implements AutoCloseable {
    private static final Path BUILT = Path.of("target", "lv2-test");
    private static final String NEEDED = "Run: apt install gcc lv2-dev\n";
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

    /** Lines that are no reply, such as {@code out …}. */
    private final Consumer<String> lines;

    private PluginHost(Process process, Consumer<String> lines) {
        this.process = process;
        this.lines = lines;
        commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("lv2host").start(this::read);
    }

    /** Its cycles are run by {@link #run}, and its clock stands in between. */
    public static PluginHost byHand(Path folder, String... environment) {
        return start(folder, "hand", line -> {}, environment);
    }

    /** Its cycles of 256 frames are run in real time, with an instance of this id. */
    public static PluginHost inRealTime(Path folder, String id, Consumer<String> lines) {
        PluginHost host = start(folder, "real", lines);
        host.tell("id " + id);
        host.send("go");
        return host;
    }

    private static PluginHost start(Path folder, String mode, Consumer<String> lines, String... environment) {
        build();
        ProcessBuilder builder =
                new ProcessBuilder(BUILT.resolve("lv2host").toString(), plugin().toString(), mode, "48000", "256");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ANTIPHON_LV2_DIR", folder.toString());
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        try {
            PluginHost host = new PluginHost(builder.start(), lines);
            host.awaitReply();
            return host;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where the plugin is built for tests. */
    public static Path plugin() {
        return BUILT.resolve("antiphon.lv2").resolve("antiphon.so").toAbsolutePath();
    }

    /** Builds the plugin and this host, if that has not been done since they changed. */
    public static synchronized void build() {
        command("src/main/c/lv2/build.sh", BUILT.toString());
        Path host = BUILT.resolve("lv2host");
        Path source = Path.of("src/test/c/lv2host.c");
        if (!Files.exists(host)
                || host.toFile().lastModified() < source.toFile().lastModified()) {
            command(
                    "cc",
                    "-std=gnu11",
                    "-O1",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-rdynamic",
                    source.toString(),
                    "-o",
                    host.toString(),
                    "-ldl",
                    "-lpthread");
        }
        assertThat(plugin()).as(NEEDED).exists();
    }

    private static void command(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s%s%s", NEEDED, String.join(" ", words), said)
                    .isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(NEEDED, failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                replies.add(line);
                if (!line.equals("ok")) {
                    lines.accept(line);
                }
            }
        } catch (IOException ended) {
            // The process is gone.
        }
        replies.add("end");
    }

    private void send(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> awaitReply() {
        List<String> said = new ArrayList<>();
        try {
            for (; ; ) {
                String line = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(line).as("lv2host said %s", said).isNotNull().isNotEqualTo("end");
                if (line.equals("ok")) {
                    return said;
                }
                said.add(line);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Gives a command and returns what was said until it was obeyed. */
    public synchronized List<String> tell(String command) {
        send(command);
        return awaitReply();
    }

    /** The same, with the command's result, which stands behind its name. */
    long number(String command) {
        return tell(command).stream()
                .filter(line -> line.startsWith(command + " "))
                .mapToLong(line -> Long.parseLong(line.substring(command.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** Runs cycles by hand; returns what left, each as its frame within all cycles and its bytes: {@code "300 903c40"}. */
    List<String> run(int cycles) {
        List<String> said = tell("run " + cycles);
        assertThat(said).noneMatch(line -> line.startsWith("wrong"));
        return said.stream()
                .filter(line -> line.startsWith("out "))
                .map(line -> line.substring(line.indexOf(' ', 4) + 1))
                .toList();
    }

    /** As an operating system or a user ends a host. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            send("quit");
            try {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
