package antiphon.bench;

import antiphon.status.StatusReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of Antiphon's own that is measured. It gets the flags that this JVM was started with: {@code bin/antiphon}
 * starts {@code bench} as it starts {@code run}, so the measured program is the one that people use.
 */
final class BenchChild implements AutoCloseable {
    private static final long MAX_READY_SECONDS = 60;
    private static final String PAGE = "page: ";
    private static final long MAX_STOP_SECONDS = 10;

    private final Process process;
    private final BufferedReader output;
    private final Path folder;
    private final Path errors;

    private BenchChild(Process process, Path folder, Path errors) {
        this.process = process;
        this.folder = folder;
        this.errors = errors;
        output = process.inputReader();
    }

    /**
     * Starts a JVM.
     *
     * @param parent gets the folder where it keeps its state: its own, because one that finds what another left ends
     *     that first, and those messages nobody asked for. It has no settings file, so that the user's own settings do
     *     not change the measurement
     * @param main the class to start
     * @param words its command line
     * @param environment what it finds in its environment besides
     */
    static BenchChild start(
            Path parent, BenchServer server, Class<?> main, List<String> words, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags());
        command.addAll(List.of("-cp", classPath()));
        command.add(main.getName());
        command.addAll(words);
        try {
            Path folder = Files.createTempDirectory(parent, "");
            Path errors = Files.createTempFile(folder, "said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ANTIPHON_"));
            builder.environment().put("ANTIPHON_MIDI_CLIENT", Subject.CLIENT);
            // The player repeats itself as a loop does, and every message that it did not ask for counts as surplus.
            builder.environment().put("ANTIPHON_MIDI_IN_BREAK_LOOPS", "false");
            // Every note is to have an answer: none is the left hand's.
            builder.environment().put("ANTIPHON_PLAY_SPLIT", "1");
            builder.environment().put("XDG_CONFIG_HOME", folder.toString());
            builder.environment().put("XDG_STATE_HOME", folder.toString());
            builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
            builder.environment().putAll(environment);
            server.addTo(builder);
            return new BenchChild(builder.start(), folder, errors);
        } catch (IOException failure) {
            throw new BenchException("bench: java cannot be started (" + failure.getMessage() + ").");
        }
    }

    /**
     * Ours, which names an open file of this process where the installation's folder has a colon in its name (see
     * {@code bin/antiphon}): the child has none of our open files.
     */
    private static String classPath() {
        long pid = ProcessHandle.current().pid();
        return System.getProperty("java.class.path").replace("/proc/self/", "/proc/" + pid + "/");
    }

    private static List<String> jvmFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** For the report: the flags that decide how fast it runs. */
    static String flags() {
        return jvmFlags().stream().filter(flag -> flag.startsWith("-X")).collect(Collectors.joining(" "));
    }

    /** Waits until it says that it is ready. */
    BenchChild awaitReady() {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        ready.orTimeout(MAX_READY_SECONDS, TimeUnit.SECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return false;
        });
        @Nullable String line = readLine();
        ready.complete(true);
        if (line == null || !line.startsWith("ready")) {
            close();
            throw new BenchException(
                    "bench: antiphon does not start: " + (said().isEmpty() ? "it says nothing" : said().getFirst()));
        }
        return this;
    }

    /** What it has computed since it began, in seconds of one core; 0 where the system does not say. */
    double cpuSeconds() {
        return process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** Where it serves its page. */
    URI awaitPage() {
        for (String line = readLine(); line != null; line = readLine()) {
            if (line.startsWith(PAGE)) {
                return URI.create(line.substring(PAGE.length()));
            }
        }
        throw new BenchException("bench: antiphon serves no page: " + said());
    }

    /** The next line that it prints; null at its end. */
    @Nullable
    String readLine() {
        try {
            return output.readLine();
        } catch (IOException ended) {
            return null;
        }
    }

    /** The lines that it printed to stderr. */
    List<String> said() {
        try {
            return Files.readAllLines(errors);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Where it answers {@code antiphon status}: in its folder, as the program does below XDG_RUNTIME_DIR. */
    Path statusSocket() {
        return folder.resolve("antiphon").resolve(Subject.CLIENT + StatusReader.SUFFIX);
    }

    @Override
    public void close() {
        stop();
    }

    /** Tells it to stop (SIGTERM) and waits until it has. */
    void stop() {
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
