package antiphon.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTest {
    /** Beside the counts. */
    private static final List<String> FIELDS = List.of(
            "schema",
            "program.version",
            "program.client",
            "program.pid",
            "program.uptimeSeconds",
            "program.ready",
            "program.mode",
            "program.seed",
            "midi.backend",
            "midi.in",
            "midi.out",
            "midi.thru",
            "midi.framesPerSecond",
            "midi.framesPerPeriod",
            "model.file",
            "model.bytes",
            "model.layers",
            "model.width",
            "memory.residentBytes",
            "memory.heapBytes",
            "memory.gcPauses",
            "memory.gcPauseMillis",
            "latency.inToThru.from",
            "latency.inToThru.to",
            "latency.inToThru.sinceStart.count",
            "latency.inToThru.sinceStart.totalNanos",
            "latency.inToThru.sinceStart.nanos.p50",
            "latency.inToThru.sinceStart.frames.p99",
            "latency.inToHeard.lastMinute.nanos.p999",
            "latency.inToDecided.lastMinute.nanos.max",
            "latency.inToAnswer.lastMinute.nanos.mean",
            "latency.engine.lastMinute.nanos.min",
            "latency.sentMinusDue.lastMinute.frames.p90");

    @Test
    void shouldReadWhatItWrites() throws IOException {
        Status status = Statuses.sample();
        assertThat(Status.parse(status.json())).isEqualTo(status);
        assertThat(status.json()).doesNotContain("\n");
    }

    /** Others' programs read these: a name may be added here, never changed. */
    @Test
    void shouldKeepTheNamesOfItsFields() throws IOException {
        Map<String, Object> json = JSON.std.mapFrom(Statuses.sample().json());
        assertThat(paths("", json)).containsAll(FIELDS);
        assertThat(json.get("counts"))
                .isEqualTo(JSON.std.mapFrom("{\"messagesIn\":1,\"messagesOut\":2,\"inRingDrops\":3,\"outRingDrops\":4,"
                        + "\"portRefusals\":5,\"late\":6,\"xruns\":7,\"callbackErrors\":8,\"droppedInputs\":9,"
                        + "\"droppedOutputs\":10,\"failures\":11,\"answers\":12,\"notesAnswered\":13,"
                        + "\"heldNotes\":14}"));
    }

    private static List<String> paths(String before, Map<?, ?> json) {
        List<String> paths = new ArrayList<>();
        json.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                paths.addAll(paths(before + name + ".", inner));
            } else {
                paths.add(before + name);
            }
        });
        return paths;
    }

    @Test
    void shouldReadDocumentsWithFurtherFields() throws IOException {
        Status status = Statuses.sample();
        String newer = status.json().replace("\"pid\":", "\"weather\":{\"rain\":true},\"pid\":");
        assertThat(Status.parse(newer)).isEqualTo(status);
    }

    @Test
    void shouldRefuseOtherSchemasAndWhatIsNoStatus() {
        assertThatThrownBy(() -> Status.parse("{\"schema\":2}"))
                .isInstanceOf(IOException.class)
                .hasMessage("schema 2; this build reads 1");
        assertThatThrownBy(() -> Status.parse("{}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Status.parse("hello")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Status.parse("")).isInstanceOf(IOException.class);
    }

    @Test
    void shouldTellWhatTheProcessTakes() {
        Status.Memory memory = Footprint.now();
        assertThat(memory.heapBytes()).isPositive();
        assertThat(memory.gcPauses()).isNotNegative();
        Long resident = memory.residentBytes();
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertThat(resident).isGreaterThan(memory.heapBytes() / 2);
        } else {
            assertThat(resident).isNull();
        }
    }
}
