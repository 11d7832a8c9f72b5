package antiphon.app;

import antiphon.Amount;
import antiphon.status.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Status} as people read it. */
final class StatusTable {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long MEBIBYTE = 1 << 20;

    /** What each meter is called here, in the order shown. */
    private static final Map<String, String> TIMED = new LinkedHashMap<>();

    static {
        TIMED.put("inToThru", "your note to thru out");
        TIMED.put("inToHeard", "your note to heard by the network");
        TIMED.put("inToDecided", "your note to its answer decided");
        TIMED.put("inToAnswer", "your note to its answer out");
        TIMED.put("engine", "of these, the engine's own work");
        TIMED.put("sentMinusDue", "answer sent after it was due");
    }

    private final List<String> lines = new ArrayList<>();
    private final Status status;

    private StatusTable(Status status) {
        this.status = status;
    }

    /** The lines to print. */
    static List<String> of(Status status) {
        StatusTable table = new StatusTable(status);
        table.facts();
        table.counts();
        table.latency();
        return table.lines;
    }

    private void facts() {
        Status.Program program = status.program();
        Status.Midi midi = status.midi();
        Status.Model model = status.model();
        Long resident = status.memory().residentBytes();
        add(
                "%s %s: %s, mode %s, seed %d, up %s, process %d",
                program.client(),
                program.version(),
                program.ready() ? "ready" : "NOT READY",
                program.mode(),
                program.seed(),
                upTime(Math.round(program.uptimeSeconds())),
                program.pid());
        add("ports    %s: in %s, out %s%s", midi.backend(), midi.in(), midi.out(), midi.thru() ? ", thru" : "");
        if (!midi.missing().isEmpty()) {
            add("missing  %s; connected when it comes", midi.missing());
        }
        status.silence().forEach(reason -> add("silent?  %s", Shown.line(reason)));
        if (midi.framesPerSecond() > 0) {
            add(
                    "period   %d frames at %d a second, %.2f ms",
                    midi.framesPerPeriod(),
                    midi.framesPerSecond(),
                    1e3 * midi.framesPerPeriod() / midi.framesPerSecond());
        }
        add("model    %s: %d layers of %d", model.file(), model.layers(), model.width());
        add(
                "memory   %sJava %d MB; %d collector pauses, %d ms together",
                resident == null ? "" : resident / MEBIBYTE + " MB, of these ",
                status.memory().heapBytes() / MEBIBYTE,
                status.memory().gcPauses(),
                status.memory().gcPauseMillis());
    }

    private void counts() {
        Status.Counts counts = status.counts();
        add(
                "music    %s in, %d out; %s, %s, %d sounding now",
                Amount.of(counts.messagesIn(), "message"),
                counts.messagesOut(),
                Amount.of(counts.answers(), "answer"),
                Amount.of(counts.notesAnswered(), "note"),
                counts.heldNotes());
        Map<String, Long> troubles = new LinkedHashMap<>();
        troubles.put("dropped before the engine", counts.inRingDrops());
        troubles.put("dropped before the sender", counts.outRingDrops());
        troubles.put("refused by the port", counts.portRefusals());
        troubles.put("late", counts.late());
        troubles.put("notes over 20 ms late", counts.lateNotes());
        troubles.put("notes over 100 ms late and not played", counts.droppedLateNotes());
        troubles.put("xruns", counts.xruns());
        troubles.put("input messages broken", counts.droppedInputs());
        troubles.put("output messages lost", counts.droppedOutputs());
        troubles.put("failures", counts.failures() + counts.callbackErrors());
        troubles.values().removeIf(count -> count == 0);
        List<String> texts = new ArrayList<>();
        troubles.forEach((what, count) -> texts.add(count + " " + what));
        add("trouble  %s", texts.isEmpty() ? "none" : String.join(", ", texts));
    }

    private void latency() {
        boolean frames = status.midi().framesPerSecond() > 0;
        add("");
        add(
                "%-36s %8s %9s %9s %9s%s",
                "milliseconds", "count", "median", "p99", "worst", frames ? "   p99 in frames" : "");
        TIMED.forEach((meter, name) -> {
            Status.Figure figure = status.latency().get(meter);
            if (figure != null && figure.sinceStart().count() > 0) {
                row(name, figure.sinceStart());
                row("  in the last minute", figure.lastMinute());
            }
        });
    }

    private void row(String name, Status.Window window) {
        if (window.count() == 0) {
            add("%-36s %8d", name, 0);
            return;
        }
        Status.Nanos nanos = window.nanos();
        Status.@Nullable Frames frames = window.frames();
        add(
                "%-36s %8d %9.3f %9.3f %9.3f%s",
                name,
                window.count(),
                nanos.p50() / NANOS_PER_MILLI,
                nanos.p99() / NANOS_PER_MILLI,
                nanos.max() / NANOS_PER_MILLI,
                frames == null ? "" : String.format(Locale.ROOT, " %15.1f", frames.p99()));
    }

    private static String upTime(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
    }

    private void add(String format, @Nullable Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
