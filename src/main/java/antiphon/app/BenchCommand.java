package antiphon.app;

import antiphon.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code antiphon bench}: latency from end to end, measured from outside, beside what the machine itself can do. */
@Command(
        name = "bench",
        description = "Measure the latency of antiphon run from end to end on a JACK server, with an independent client"
                + " in C and a baseline beside it, under four conditions.",
        mixinStandardHelpOptions = true,
        subcommands = BenchPlayerCommand.class)
final class BenchCommand implements Runnable {
    private static final int MOST_NOTES = 10_000_000;
    private static final double MOST_NOTES_PER_SECOND = 5_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Notes per condition, each with its note-off: twice as many messages. Default: 20000.")
    private int notes = 20_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Notes a second. Default: 100; in a flood 500, which is 1000 messages.")
    private double rate;

    @Option(
            names = "--conditions",
            paramLabel = "NAME",
            split = ",",
            description = "Which, with commas: idle, flood, gc-storm, busy. Default: all.")
    private List<String> conditions = BenchCondition.labels();

    @Option(
            names = "--period",
            paramLabel = "FRAMES",
            description = "Start a JACK server with this period. Default: use the one that runs; if none does, start"
                    + " one with 64 frames.")
    private int period;

    @Option(names = "--seed", paramLabel = "N", description = "Of the notes played, and of the program. Default: 1.")
    private long seed = 1;

    @Option(names = "--mode", paramLabel = "MODE", description = "How the program takes part. Default: harmony.")
    private String mode = "harmony";

    @Option(names = "--model", paramLabel = "FILE", description = "The network to use (.safetensors).")
    private @Nullable Path model;

    @Option(
            names = "--player-messages",
            paramLabel = "N",
            description = "Messages to the player thread alone; 0 leaves it out. Default: 2000.")
    private int playerMessages = 2000;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Option(names = "-o", paramLabel = "DIR", description = "Keep raw files and bench.json here.")
    private @Nullable Path output;

    @Override
    public void run() {
        List<BenchCondition> wanted =
                conditions.stream().map(BenchCondition::of).distinct().toList();
        check();
        try {
            Path home = Files.createTempDirectory("antiphon-bench");
            try {
                Path folder =
                        output == null ? home : Files.createDirectories(output).toAbsolutePath();
                BenchProbe.compiled();
                measure(wanted, home, folder);
            } finally {
                delete(home);
            }
        } catch (IOException failure) {
            throw new UserException("-o " + output + ": cannot be written (" + failure + "). Choose another folder.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void check() {
        if (notes < 1 || notes > MOST_NOTES) {
            throw new UserException("--events: " + notes + "; allowed: 1 to " + MOST_NOTES + ".");
        }
        if (!(rate >= 0 && rate <= MOST_NOTES_PER_SECOND)) {
            throw new UserException("--rate: " + rate + "; allowed: above 0, at most " + MOST_NOTES_PER_SECOND + ".");
        }
        if (period != 0 && (period < 16 || period > 8192)) {
            throw new UserException("--period: " + period + "; allowed: 16 to 8192 frames.");
        }
        if (playerMessages < 0 || playerMessages > MOST_NOTES) {
            throw new UserException("--player-messages: " + playerMessages + "; allowed: 0 to " + MOST_NOTES + ".");
        }
    }

    private void measure(List<BenchCondition> wanted, Path home, Path folder) throws IOException, InterruptedException {
        Progress progress = new Progress();
        // As the program does while it plays: the baseline is to meet the same machine.
        Host.threads().keepAwake(true);
        try (BenchServer server = BenchServer.find(period, folder.resolve("jackd.log"))) {
            BenchRun run = new BenchRun(
                    server, BenchProbe.on(server), home, folder, programOptions(), playerMessages, progress);
            Map<String, Object> about = about(server);
            if (!json) {
                BenchReport.head(about).forEach(System.out::println);
            }
            List<BenchResult> results = new ArrayList<>();
            for (BenchCondition condition : wanted) {
                double notesPerSecond = rate > 0 ? rate : condition.notesPerSecond();
                BenchResult result = run.measure(condition, notes, notesPerSecond, seed);
                results.add(result);
                if (!json) {
                    BenchReport.table(result).forEach(System.out::println);
                }
            }
            String text = BenchReport.json(about, results);
            if (json) {
                System.out.println(text);
            }
            if (output != null) {
                Files.writeString(folder.resolve("bench.json"), text);
            }
        } finally {
            Host.threads().keepAwake(false);
        }
    }

    private List<String> programOptions() {
        List<String> options = new ArrayList<>(List.of("--mode", mode, "--seed", Long.toString(seed)));
        if (model != null) {
            options.addAll(List.of("--model", model.toAbsolutePath().toString()));
        }
        return options;
    }

    private Map<String, Object> about(BenchServer server) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("machine", BenchMachine.describe());
        about.put("jack", server.describe());
        about.put("period", server.periodFrames());
        about.put("rate", server.sampleRate());
        about.put("antiphon", "antiphon run --thru " + String.join(" ", programOptions()));
        about.put("java", BenchChild.flags());
        return about;
    }

    private static void delete(Path folder) throws IOException {
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
