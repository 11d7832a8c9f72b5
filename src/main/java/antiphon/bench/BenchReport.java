package antiphon.bench;

import antiphon.Amount;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code antiphon bench} prints: tables for people, JSON for programs. */
final class BenchReport {
    private static final String ROW = "  %-32s%7d%7d%7d%7d%8d%8d%7d%6d";
    private static final String HEAD = "  %-32s%7s%7s%7s%7s%8s%8s%7s%6s";

    private BenchReport() {}

    static List<String> head(Map<String, Object> about) {
        return List.of(
                "Machine:  " + about.get("machine"),
                "JACK:     " + about.get("jack"),
                "Antiphon: " + about.get("antiphon"),
                "Java:     " + about.get("java"),
                "In frames, from the frame that a message was scheduled for, by an independent client. late: thru after"
                        + " more than one period, answers after more than two.");
    }

    static List<String> table(BenchResult result) {
        BenchRecord record = result.record();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(head(result));
        int period = record.periodFrames();
        addRows(lines, "thru", result, BenchMatch::thru, period);
        if (result.condition().answersEach()) {
            addRows(lines, "note -> answer", result, BenchMatch::answers, 2 * period);
        }
        lines.add("  late cycles (by half a period):  " + cycles(record));
        lines.add("    the baseline alone:            " + cycles(result.alone()));
        if (result.condition().answersEach()) {
            lines.add("  worst answer to the first 100 notes: "
                    + result.program().answers().maxOfFirst(100) + " frames");
        }
        lines.add("  cores kept busy by the program:  %.2f"
                .formatted(result.played().cores()));
        addInner(lines, result);
        lines.add("  sender, port without scheduling: " + result.sender().text());
        lines.add("  machine's wake-up, ordinary:     " + result.wakeUp().text());
        lines.add(
                "  machine's wake-up, real-time:    " + result.realTimeWakeUp().text());
        for (BenchResult.Bar bar : result.bars()) {
            lines.add((bar.met() ? "  met     " : "  NOT MET ") + bar.text());
        }
        // Lines about xruns are left out: the line of late cycles above has their number, counted by the witness.
        result.played().said().stream()
                .filter(line -> !line.contains(" xrun"))
                .forEach(line -> lines.add("  it said: " + line));
        return lines;
    }

    private static String head(BenchResult result) {
        return HEAD.formatted(
                result.condition().label() + ", " + Amount.of(result.record().messages().length / 2, "note"),
                "min",
                "p50",
                "p99",
                "p99.9",
                "max",
                "jitter",
                "late",
                "lost");
    }

    private static void addInner(List<String> lines, BenchResult result) {
        InnerMeters inner = result.played().inner();
        if (inner != null) {
            lines.add("  its own meters: " + inner.text());
        }
    }

    private static String cycles(BenchRecord record) {
        return "%d of %d, longest %.1f ms, %d xruns, %d jumps"
                .formatted(
                        record.count("late_cycles"),
                        record.count("cycles"),
                        record.count("longest_micros") / 1e3,
                        record.xruns(),
                        record.jumps());
    }

    private interface Part {
        Latencies of(BenchMatch match);
    }

    private static void addRows(List<String> lines, String what, BenchResult result, Part part, int lateAbove) {
        lines.add(row(what, part.of(result.program()), lateAbove));
        lines.add(row("  baseline in C, beside it", part.of(result.baseline()), lateAbove));
        lines.add(row("  baseline in C, alone", part.of(result.baselineAlone()), lateAbove));
    }

    private static String row(String what, Latencies latencies, int lateAbove) {
        return ROW.formatted(
                what,
                latencies.min(),
                latencies.percentile(50),
                latencies.percentile(99),
                latencies.percentile(99.9),
                latencies.max(),
                latencies.jitter(),
                latencies.longerThan(lateAbove),
                latencies.lost());
    }

    static String json(Map<String, Object> about, List<BenchResult> results) {
        Map<String, Object> map = new LinkedHashMap<>(about);
        map.put("conditions", results.stream().map(BenchResult::map).toList());
        try {
            return JSON.std
                    .with(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.PRETTY_PRINT_OUTPUT)
                    .asString(map);
        } catch (IOException failure) {
            throw new BenchException("bench: cannot be written as JSON (" + failure.getMessage() + ").");
        }
    }
}
