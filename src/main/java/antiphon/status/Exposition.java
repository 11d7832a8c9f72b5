package antiphon.status;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A {@link Status} in Prometheus's text format 0.0.4, for its endpoint or node_exporter's textfile collector.
 *
 * <p>Timings are summaries as Prometheus's own clients make them: quantiles of the last minute, sum and count since
 * the start; NaN where nothing was measured. Every sample carries the label {@code client}, so that two that run beside
 * each other can be told apart.
 */
public final class Exposition {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

    private final StringBuilder text = new StringBuilder();
    private final String client;

    private Exposition(String client) {
        this.client = "client=\"" + escaped(client) + "\"";
    }

    /** The whole text; every line ends with a line break. */
    public static String of(Status status) {
        Exposition exposition = new Exposition(status.program().client());
        exposition.program(status);
        exposition.counts(status.counts());
        exposition.memory(status.memory());
        status.latency().forEach(exposition::summary);
        return exposition.text.toString();
    }

    private void program(Status status) {
        Status.Program program = status.program();
        Status.Midi midi = status.midi();
        family("info", "gauge", "What runs; always 1.");
        sample(
                "info",
                label("version", program.version())
                        + label("mode", program.mode())
                        + label("backend", midi.backend())
                        + label("model", status.model().file()),
                1);
        gauge("ready", "1 if ports are open and music flows, else 0.", program.ready() ? 1 : 0);
        gauge("uptime_seconds", "Time since the process began.", program.uptimeSeconds());
        if (midi.framesPerSecond() > 0) {
            gauge("sample_rate_hertz", "Audio frames a second.", midi.framesPerSecond());
            gauge(
                    "period_seconds",
                    "Length of a cycle of the MIDI system.",
                    (double) midi.framesPerPeriod() / midi.framesPerSecond());
        }
    }

    private void counts(Status.Counts counts) {
        counter("messages_in", "Channel messages that came in.", counts.messagesIn());
        counter("messages_out", "Messages of the answers, handed to a port.", counts.messagesOut());
        counter("in_ring_drops", "Messages lost because the engine could not keep up.", counts.inRingDrops());
        counter("out_ring_drops", "Messages lost because the sender could not keep up.", counts.outRingDrops());
        counter("port_refusals", "Messages that a port did not take.", counts.portRefusals());
        counter("late", "Messages that left after they were due, by the MIDI system's reckoning.", counts.late());
        counter("late_notes", "Notes of the answers that began over 20 ms late.", counts.lateNotes());
        counter(
                "dropped_late_notes",
                "Notes that would have begun over 100 ms late, not played.",
                counts.droppedLateNotes());
        counter("xruns", "Cycles that the MIDI system skipped or ran late.", counts.xruns());
        counter("callback_errors", "Exceptions on the MIDI system's thread.", counts.callbackErrors());
        counter("dropped_inputs", "Messages that came in too long or not whole.", counts.droppedInputs());
        counter("dropped_outputs", "Messages that the MIDI system had no room for.", counts.droppedOutputs());
        counter("failures", "Exceptions on the engine or sender thread.", counts.failures());
        counter("answers", "Answers begun.", counts.answers());
        counter("notes_answered", "Notes of the answers.", counts.notesAnswered());
        gauge("held_notes", "Notes of the answer that sound now.", counts.heldNotes());
    }

    private void memory(Status.Memory memory) {
        Long resident = memory.residentBytes();
        if (resident != null) {
            gauge("resident_memory_bytes", "Memory of the whole process.", resident);
        }
        gauge("heap_bytes", "Java objects, dead ones included.", memory.heapBytes());
        counter("gc_pauses", "Times the garbage collector stopped the program.", memory.gcPauses());
        counter("gc_pause_seconds", "How long it stopped, all together.", memory.gcPauseMillis() / MILLIS_PER_SECOND);
    }

    private void summary(String meter, Status.Figure figure) {
        String name = CAPITAL.matcher(meter).replaceAll("_$1").toLowerCase(Locale.ROOT) + "_seconds";
        Status.Window minute = figure.lastMinute();
        Status.Window all = figure.sinceStart();
        family(name, "summary", "From when " + figure.from() + " until " + figure.to() + ".");
        Map<String, Long> quantiles = new LinkedHashMap<>();
        quantiles.put("0.5", minute.nanos().p50());
        quantiles.put("0.9", minute.nanos().p90());
        quantiles.put("0.99", minute.nanos().p99());
        quantiles.put("0.999", minute.nanos().p999());
        quantiles.put("1", minute.nanos().max());
        quantiles.forEach((quantile, nanos) ->
                sample(name, label("quantile", quantile), minute.count() == 0 ? Double.NaN : nanos / NANOS_PER_SECOND));
        sample(name + "_sum", "", all.totalNanos() / NANOS_PER_SECOND);
        sample(name + "_count", "", all.count());
    }

    private void counter(String name, String help, Number value) {
        family(name + "_total", "counter", help);
        sample(name + "_total", "", value);
    }

    private void gauge(String name, String help, Number value) {
        family(name, "gauge", help);
        sample(name, "", value);
    }

    private void family(String name, String type, String help) {
        text.append("# HELP antiphon_").append(name).append(' ');
        text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        text.append("# TYPE antiphon_").append(name).append(' ').append(type).append('\n');
    }

    /** @param labels each with a comma before it */
    private void sample(String name, String labels, Number value) {
        text.append("antiphon_").append(name).append('{').append(client).append(labels);
        text.append("} ").append(value).append('\n');
    }

    private static String label(String name, String value) {
        return "," + name + "=\"" + escaped(value) + "\"";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
