package antiphon.bench;

import antiphon.file.Trees;
import antiphon.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures the program under some conditions, one after another, on one JACK server. */
public final class Bench {
    private final Plan plan;
    private final Subject subject;
    private final Consumer<String> table;
    private final Consumer<String> progress;

    /**
     * What to measure.
     *
     * @param notes per condition; each has a note-off, so there are twice as many messages
     * @param notesPerSecond 0 for the condition's own
     * @param periodFrames of a JACK server of our own; 0 for the one that runs
     * @param seed of the notes played
     * @param senderMessages how many the sender thread alone sends; 0 leaves that out
     */
    public record Plan(
            List<BenchCondition> conditions,
            int notes,
            double notesPerSecond,
            int periodFrames,
            long seed,
            int senderMessages) {
        public Plan {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * Makes a bench that has measured nothing.
     *
     * @param table gets the results for people, line by line, each condition's when it is done
     * @param progress gets a line at each step
     */
    public Bench(Plan plan, Subject subject, Consumer<String> table, Consumer<String> progress) {
        this.plan = plan;
        this.subject = subject;
        this.table = table;
        this.progress = progress;
    }

    /**
     * Measures; takes minutes.
     *
     * @param probe the source of the witness, {@code src/bench/probe.c}
     * @param raw gets raw files, or null to keep none
     * @return the results as JSON
     * @throws BenchException if something that is needed is not there
     * @throws antiphon.midi.MidiException if there is no JACK server
     */
    public String measure(Path probe, @Nullable Path raw) throws IOException, InterruptedException {
        // A short path, because the path of a socket may only have about 100 characters.
        Path home = Files.createTempDirectory("antiphon-bench");
        try {
            Path folder = raw == null ? home : Files.createDirectories(raw).toAbsolutePath();
            Path program = BenchProbe.compile(probe, home);
            // Keeps the cores awake as the program does while it plays, so that the baseline runs under the same
            // conditions.
            Host.threads().keepAwake(true);
            try (BenchServer server = BenchServer.find(plan.periodFrames(), folder.resolve("jackd.log"))) {
                return measure(server, new BenchProbe(program, server), home, folder);
            } finally {
                Host.threads().keepAwake(false);
            }
        } finally {
            Trees.remove(home);
        }
    }

    private String measure(BenchServer server, BenchProbe probe, Path home, Path folder) throws InterruptedException {
        BenchRun run = new BenchRun(server, probe, subject, home, folder, plan.senderMessages(), progress);
        Map<String, Object> about = about(server);
        BenchReport.head(about).forEach(table);
        List<BenchResult> results = new ArrayList<>();
        for (BenchCondition condition : plan.conditions()) {
            double notesPerSecond = plan.notesPerSecond() > 0 ? plan.notesPerSecond() : condition.notesPerSecond();
            BenchResult result = run.measure(condition, plan.notes(), notesPerSecond, plan.seed());
            results.add(result);
            BenchReport.table(result).forEach(table);
        }
        return BenchReport.json(about, results);
    }

    private Map<String, Object> about(BenchServer server) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("machine", Machine.line());
        about.put("jack", server.describe());
        about.put("period", server.periodFrames());
        about.put("rate", server.sampleRate());
        about.put("antiphon", "antiphon run --thru " + String.join(" ", subject.options()));
        about.put("java", BenchChild.flags());
        return about;
    }
}
