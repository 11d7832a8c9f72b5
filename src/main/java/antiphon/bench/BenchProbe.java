package antiphon.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The witness in C, {@code src/bench/probe.c}: compiled for each bench from where it lies in the checkout. */
final class BenchProbe {
    private static final String INSTALL = "Run: apt install gcc libjack-jackd2-dev";
    private static final long MAX_COMPILING_SECONDS = 60;

    private final Path program;
    private final BenchServer server;

    BenchProbe(Path program, BenchServer server) {
        this.program = program;
        this.server = server;
    }

    /**
     * Compiles it.
     *
     * @param folder gets the program
     * @return the program
     */
    static Path compile(Path source, Path folder) {
        if (!Files.isReadable(source)) {
            throw new BenchException("bench: " + source + ": no such file; the source of the measuring client needed."
                    + " Start bench from a checkout of Antiphon.");
        }
        Path program = folder.resolve("probe");
        try {
            Process compiler = new ProcessBuilder(
                            "cc",
                            "-O2",
                            "-Wall",
                            "-Wextra",
                            "-o",
                            program.toString(),
                            source.toString(),
                            "-ljack",
                            "-lpthread")
                    .redirectErrorStream(true)
                    .start();
            awaitCompiled(compiler, source);
            return program;
        } catch (IOException missing) {
            throw new BenchException(
                    "bench: no C compiler (cc) found; one needed for the measuring client. " + INSTALL);
        }
    }

    private static void awaitCompiled(Process compiler, Path source) throws IOException {
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!compiler.waitFor(MAX_COMPILING_SECONDS, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
                throw new BenchException("bench: " + source + " does not compile: "
                        + said.lines().findFirst().orElse("the compiler says nothing")
                        + "; JACK's headers needed. " + INSTALL);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("bench: interrupted.");
        }
    }

    /** Starts it; its stderr goes to ours. */
    Process start(String... words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        server.addTo(builder);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new BenchException(program + ": cannot be started (" + failure.getMessage() + ").");
        }
    }

    /** The baseline as a client of this name; returns when it plays. */
    Process startEcho(String name) {
        Process echo = start("echo", name);
        try {
            @Nullable String line = echo.inputReader().readLine();
            if (line != null && line.startsWith("ready")) {
                return echo;
            }
        } catch (IOException failure) {
            // It has printed the reason to stderr.
        }
        throw new BenchException("bench: the baseline client does not start; see above.");
    }

    /** Plays the schedule to a client and to the baseline, and returns what came back. Lasts as long as the schedule. */
    BenchRecord play(BenchSchedule schedule, Path raw, String client, String baseline) throws InterruptedException {
        Path text = raw.resolveSibling(raw.getFileName() + ".schedule");
        try {
            Files.writeString(text, schedule.text());
        } catch (IOException failure) {
            throw new BenchException(text + ": cannot be written (" + failure.getMessage() + ").");
        }
        Process witness = start(
                "play",
                text.toString(),
                raw.toString(),
                client + ":in",
                client + ":out",
                baseline + ":in",
                baseline + ":out");
        try {
            if (witness.waitFor() != 0) {
                throw new BenchException("bench: the measuring client ended early; see above.");
            }
        } finally {
            witness.destroy();
        }
        return BenchRecord.read(raw);
    }
}
