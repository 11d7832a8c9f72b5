package antiphon.dashboard;

import antiphon.live.Meter;
import antiphon.status.Exposition;
import antiphon.status.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How well it goes, for the page, for Prometheus and for whoever restarts programs: {@code /api/v1/health}, {@code /metrics},
 * {@code /healthz} (it answers) and {@code /readyz} (music can flow, or why not).
 */
final class HealthApi implements HttpService {
    /** Each bar of a histogram reaches to twice the one before, from 1 µs on. */
    private static final long FIRST_BAR_NANOS = 1_000;

    private static final int BARS = 24;

    private final Partner partner;

    HealthApi(Partner partner) {
        this.partner = partner;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/v1/health", (request, response) -> Replies.send(response, health()))
                .get("/healthz", (request, response) -> Replies.send(response, Map.of("status", "ok")))
                .get("/readyz", (request, response) -> ready(response))
                .get("/metrics", (request, response) -> metrics(response));
    }

    private void ready(ServerResponse response) {
        String why = whyNotReady(partner.status().get());
        if (why.isEmpty()) {
            Replies.send(response, Map.of("status", "ready"));
        } else {
            Replies.refuse(response, io.helidon.http.Status.SERVICE_UNAVAILABLE_503, why);
        }
    }

    /** Empty if it is ready. */
    private static String whyNotReady(Status status) {
        if (status.program().ready()) {
            return "";
        }
        String missing = status.midi().missing();
        return "the MIDI system (" + status.midi().backend() + ") is not there; it is opened again when it comes"
                + (missing.isEmpty() ? "." : ". Missing: " + missing);
    }

    private void metrics(ServerResponse response) {
        Replies.begin(response, Exposition.TYPE);
        response.send(Exposition.of(partner.status().get()).getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, @Nullable Object> health() {
        Status status = partner.status().get();
        Map<String, @Nullable Object> health = new LinkedHashMap<>();
        String why = whyNotReady(status);
        health.put("ready", why.isEmpty());
        health.put("whyNot", why);
        health.put("version", status.program().version());
        health.put("uptimeSeconds", status.program().uptimeSeconds());
        health.put("model", status.model());
        health.put("midi", status.midi());
        health.put("troubles", troubles(status.counts()));
        health.put("memory", status.memory());
        health.put("latency", latency(status));
        return health;
    }

    /** What was lost or late, by its cause, in words for people. */
    private static Map<String, Long> troubles(Status.Counts counts) {
        Map<String, Long> troubles = new LinkedHashMap<>();
        troubles.put("lost before the engine", counts.inRingDrops());
        troubles.put("lost before the sender", counts.outRingDrops());
        troubles.put("refused by the port", counts.portRefusals());
        troubles.put("came in broken", counts.droppedInputs());
        troubles.put("no room in the MIDI system", counts.droppedOutputs());
        troubles.put("left late", counts.late());
        troubles.put("notes over 20 ms late", counts.lateNotes());
        troubles.put("notes over 100 ms late, not played", counts.droppedLateNotes());
        troubles.put("xruns", counts.xruns());
        troubles.put("failures", counts.failures() + counts.callbackErrors());
        return troubles;
    }

    private List<Object> latency(Status status) {
        List<Object> rows = new ArrayList<>();
        for (Meter meter : partner.meters().all()) {
            Status.Figure figure = status.latency().get(meter.name());
            if (figure != null) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", meter.name());
                row.put("from", figure.from());
                row.put("to", figure.to());
                row.put("sinceStart", figure.sinceStart());
                row.put("lastMinute", figure.lastMinute());
                row.put("histogram", bars(meter.sinceStart()));
                rows.add(row);
            }
        }
        return rows;
    }

    /** How many spans since the start are in each bar: its upper end in nanoseconds, and the count; no empty ones at the ends. */
    private static List<List<Long>> bars(Histogram histogram) {
        List<List<Long>> bars = new ArrayList<>();
        long below = 0;
        long toNanos = FIRST_BAR_NANOS;
        for (int bar = 0; bar < BARS; bar++) {
            long until = histogram.getTotalCount() == 0 ? 0 : histogram.getCountBetweenValues(0, toNanos);
            if (until > below || (!bars.isEmpty() && below < histogram.getTotalCount())) {
                bars.add(List.of(toNanos, until - below));
            }
            below = until;
            toNanos *= 2;
        }
        return bars;
    }
}
