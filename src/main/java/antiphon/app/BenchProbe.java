package antiphon.app;

import antiphon.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The witness in C, {@code src/bench/probe.c}: compiled on first use, kept in the user's cache folder. */
final class BenchProbe {
    private static final String INSTALL = "Run: apt install gcc libjack-jackd2-dev";
    private static final long MOST_COMPILING_SECONDS = 60;

    private final Path program;
    private final BenchServer server;

    private BenchProbe(Path program, BenchServer server) {
        this.program = program;
        this.server = server;
    }

    /** Compiles it if what is kept was made from another source. */
    static Path compiled() {
        Path source = Installation.home().resolve("src/bench/probe.c");
        try {
            String text = Files.readString(source);
            Path folder = Files.createDirectories(Installation.cache());
            Path program = folder.resolve("probe-" + Integer.toHexString(text.hashCode()));
            if (!Files.isExecutable(program)) {
                AtomicFile.write(program, fresh -> compile(source, fresh));
            }
            return program;
        } catch (IOException failure) {
            throw new UserException(
                    source + ": cannot be read or compiled (" + failure + "). A whole copy of Antiphon is needed.");
        }
    }

    private static void compile(Path source, Path to) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "cc", "-O2", "-Wall", "-Wextra", "-o", to.toString(), source.toString(), "-ljack", "-lpthread");
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new UserException("bench: no C compiler (cc) found; one needed for the measuring client. " + INSTALL);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(MOST_COMPILING_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                Files.deleteIfExists(to);
                throw new UserException("bench: " + source + " does not compile: "
                        + said.lines().findFirst().orElse("the compiler says nothing")
                        + "; JACK's headers needed. " + INSTALL);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserException("bench: interrupted.");
        }
    }

    static BenchProbe on(BenchServer server) {
        return new BenchProbe(compiled(), server);
    }

    /** Starts it; what it says on stderr is ours. */
    Process start(String... words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        server.addTo(builder);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UserException(program + ": cannot be started (" + failure.getMessage() + ").");
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
            // It said why.
        }
        throw new UserException("bench: the baseline client does not start; see above.");
    }

    /** Plays the schedule to a client and to the baseline, and returns what came back. Takes as long as it takes. */
    BenchRecord play(BenchSchedule schedule, Path raw, String client, String baseline) throws InterruptedException {
        Path text = raw.resolveSibling(raw.getFileName() + ".schedule");
        try {
            Files.writeString(text, schedule.text());
        } catch (IOException failure) {
            throw new UserException(text + ": cannot be written (" + failure.getMessage() + ").");
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
                throw new UserException("bench: the measuring client ended early; see above.");
            }
        } finally {
            witness.destroy();
        }
        return BenchRecord.read(raw);
    }
}
