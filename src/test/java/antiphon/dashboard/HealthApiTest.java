package antiphon.dashboard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.music.Message;
import antiphon.status.PrometheusGrammar;
import com.fasterxml.jackson.jr.ob.JSON;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HealthApiTest {
    private final Served served = new Served();

    @AfterEach
    void close() {
        served.close();
    }

    private void play(int notes) {
        for (int i = 0; i < notes; i++) {
            served.partner().keyboard().play(Message.noteOn(0, 60, 80));
            served.partner().keyboard().play(Message.noteOff(0, 60));
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> latency(String name) throws Exception {
        Map<String, Object> health =
                JSON.std.mapFrom(served.get("/api/v1/health").body());
        return ((List<Map<String, Object>>) requireNonNull(health.get("latency")))
                .stream()
                        .filter(row -> name.equals(row.get("name")))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldTellHistogramsAndWhatWentWrong() throws Exception {
        play(50);
        // It is taken after what was played before it.
        served.session.controls().apply(Control.PANIC, 0);
        Map<String, Object> row = latency("inToHeard");
        Map<String, Object> since = (Map<String, Object>) requireNonNull(row.get("sinceStart"));
        int count = (int) requireNonNull(since.get("count"));
        assertThat(count).isBetween(1, 100);
        assertThat((Map<String, Object>) since.get("nanos")).containsKeys("p50", "p99", "p999", "max");
        List<List<Integer>> bars = (List<List<Integer>>) requireNonNull(row.get("histogram"));
        assertThat(bars.stream().mapToInt(List::getLast).sum()).isEqualTo(count);
        assertThat(bars.getFirst().getLast()).as("no empty bars at the ends").isPositive();
        assertThat(bars.getLast().getLast()).isPositive();
        assertThat(bars).isSortedAccordingTo((one, other) -> Integer.compare(one.getFirst(), other.getFirst()));
        assertThat((List<Object>) latency("inToAnswer").get("histogram")).isEmpty();
        assertThat(served.get("/api/v1/health").body())
                .contains(
                        "\"ready\":true",
                        "\"whyNot\":\"\"",
                        "\"sha256\":\"0123abcd\"",
                        "\"notes over 20 ms late\":0",
                        "\"uptimeSeconds\":");
    }

    @Test
    void shouldTellPrometheus() throws Exception {
        HttpResponse<String> metrics = served.get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        Map<String, Double> samples = PrometheusGrammar.read(metrics.body());
        assertThat(samples).anySatisfy((name, value) -> {
            assertThat(name).startsWith("antiphon_ready{client=");
            assertThat(value).isEqualTo(1);
        });
    }

    @Test
    void shouldBeReadyUntilTheMidiSystemHasGone() throws Exception {
        assertThat(served.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
        served.session.close();
        assertThat(served.await("/readyz", "the MIDI system (memory) is not there")
                        .statusCode())
                .isEqualTo(503);
        assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(served.get("/api/v1/health").body()).contains("\"ready\":false");
    }
}
