package antiphon.status;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A {@link Status} in Prometheus's text format 0.0.4, for its scraper or node_exporter's textfile collector, as
 * Prometheus's own client library writes it.
 *
 * <p>Timings are summaries: quantiles of the last minute, sum and count since the start; NaN where nothing was measured.
 * Every sample carries the label {@code client}, so that two that run beside each other can be told apart.
 */
public final class Exposition {
    /** The media type. */
    public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final String PREFIX = "antiphon_";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

    private final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    private final Labels client;

    private Exposition(String client) {
        this.client = Labels.of("client", client);
    }

    /** The whole text; every line ends with a line break. */
    public static String of(Status status) {
        Exposition exposition = new Exposition(status.program().client());
        exposition.program(status);
        exposition.counts(status.counts());
        exposition.memory(status.memory());
        status.latency().forEach(exposition::summary);
        return exposition.text();
    }

    private String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, snapshots.build());
        } catch (IOException impossible) {
            throw new IllegalStateException("memory must be writable", impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void program(Status status) {
        Status.Program program = status.program();
        Status.Midi midi = status.midi();
        Labels labels = client.add("version", program.version())
                .add("mode", program.mode())
                .add("backend", midi.backend())
                .add("model", status.model().file())
                .add("model_sha256", status.model().sha256());
        snapshots.metricSnapshot(InfoSnapshot.builder()
                .name("antiphon")
                .help("What runs; always 1.")
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build());
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
        counter(
                "live_allocated_bytes",
                "Made by the live threads; grows at the start only.",
                memory.liveAllocatedBytes());
    }

    private void summary(String meter, Status.Figure figure) {
        Status.Window minute = figure.lastMinute();
        Status.Window all = figure.sinceStart();
        boolean measured = minute.count() > 0;
        Status.Nanos nanos = minute.nanos();
        Quantiles quantiles = Quantiles.builder()
                .quantile(0.5, seconds(measured, nanos.p50()))
                .quantile(0.9, seconds(measured, nanos.p90()))
                .quantile(0.99, seconds(measured, nanos.p99()))
                .quantile(0.999, seconds(measured, nanos.p999()))
                .quantile(1, seconds(measured, nanos.max()))
                .build();
        snapshots.metricSnapshot(SummarySnapshot.builder()
                .name(PREFIX + CAPITAL.matcher(meter).replaceAll("_$1").toLowerCase(Locale.ROOT) + "_seconds")
                .help("From when " + figure.from() + " until " + figure.to() + ".")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .quantiles(quantiles)
                        .count(all.count())
                        .sum(all.totalNanos() / NANOS_PER_SECOND)
                        .labels(client)
                        .build())
                .build());
    }

    private static double seconds(boolean measured, long nanos) {
        return measured ? nanos / NANOS_PER_SECOND : Double.NaN;
    }

    private void counter(String name, String help, Number value) {
        snapshots.metricSnapshot(CounterSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .labels(client)
                        .build())
                .build());
    }

    private void gauge(String name, String help, Number value) {
        snapshots.metricSnapshot(GaugeSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .labels(client)
                        .build())
                .build());
    }
}
