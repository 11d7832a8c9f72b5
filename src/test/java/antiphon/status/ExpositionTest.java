package antiphon.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private static final String CLIENT = "client=\"left \\\"hand\\\" \\\\ one\"";

    private final Map<String, Double> samples = PrometheusGrammar.read(Exposition.of(Statuses.sample()));

    @Test
    void shouldTellEveryCountUnderAWordOfItsOwn() {
        assertThat(samples)
                .containsEntry("antiphon_messages_in_total{" + CLIENT + "}", 1.0)
                .containsEntry("antiphon_messages_out_total{" + CLIENT + "}", 2.0)
                .containsEntry("antiphon_in_ring_drops_total{" + CLIENT + "}", 3.0)
                .containsEntry("antiphon_out_ring_drops_total{" + CLIENT + "}", 4.0)
                .containsEntry("antiphon_port_refusals_total{" + CLIENT + "}", 5.0)
                .containsEntry("antiphon_late_total{" + CLIENT + "}", 6.0)
                .containsEntry("antiphon_late_notes_total{" + CLIENT + "}", 15.0)
                .containsEntry("antiphon_dropped_late_notes_total{" + CLIENT + "}", 16.0)
                .containsEntry("antiphon_xruns_total{" + CLIENT + "}", 7.0)
                .containsEntry("antiphon_failures_total{" + CLIENT + "}", 11.0)
                .containsEntry("antiphon_held_notes{" + CLIENT + "}", 14.0)
                .containsEntry("antiphon_gc_pause_seconds_total{" + CLIENT + "}", 0.016)
                .containsEntry("antiphon_ready{" + CLIENT + "}", 1.0)
                .containsEntry("antiphon_uptime_seconds{" + CLIENT + "}", 12.345);
    }

    @Test
    void shouldTellTimesInSeconds() {
        String name = "antiphon_in_to_thru_seconds";
        assertThat(samples.get(name + "{" + CLIENT + ",quantile=\"0.5\"}")).isCloseTo(500e-6, within(5e-6));
        assertThat(samples.get(name + "{" + CLIENT + ",quantile=\"0.99\"}")).isCloseTo(990e-6, within(10e-6));
        assertThat(samples.get(name + "_sum{" + CLIENT + "}")).isCloseTo(0.5005, within(0.005));
        assertThat(samples).containsEntry(name + "_count{" + CLIENT + "}", 1000.0);
    }

    @Test
    void shouldTellThatNothingWasMeasured() {
        String name = "antiphon_sent_minus_due_seconds";
        assertThat(samples.get(name + "{" + CLIENT + ",quantile=\"0.5\"}")).isNaN();
        assertThat(samples).containsEntry(name + "_count{" + CLIENT + "}", 0.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1",
                "# HELP a b\n# TYPE a gauge\na 1",
                "# HELP a b\n# TYPE a gauge\na 1,5\n",
                "# HELP a b\n# TYPE a gauge\na{b=\"c\"d\"} 1\n",
                "# HELP a b\n# TYPE a counter\na 1\n",
                "# HELP a b\n# TYPE a gauge\na 1\na 2\n",
                "# HELP a b\n# TYPE a gauge\nb 1\n",
                "# HELP a-b b\n# TYPE a-b gauge\na-b 1\n",
            })
    void shouldBeHeldToAGrammarThatBites(String text) {
        assertThatThrownBy(() -> PrometheusGrammar.read(text)).isInstanceOf(AssertionError.class);
    }
}
