package antiphon.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.live.FilledMeters;
import antiphon.live.Meters;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
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
            "memory.liveAllocatedBytes",
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
                        + "\"portRefusals\":5,\"late\":6,\"lateNotes\":15,\"droppedLateNotes\":16,\"xruns\":7,\"callbackErrors\":8,\"droppedInputs\":9,"
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
        long heapBytes = Footprint.heapBytes();
        assertThat(heapBytes).isPositive();
        assertThat(Footprint.gcPauses()).isNotNegative();
        assertThat(Footprint.gcPauseMillis()).isNotNegative();
        assertThat(Footprint.uptimeSeconds()).isPositive();
        List<Long> thisThread = List.of(Thread.currentThread().threadId());
        long allocated = Footprint.allocatedBytes(thisThread);
        assertThat(new byte[100_000]).hasSize(100_000);
        assertThat(Footprint.allocatedBytes(thisThread) - allocated).isGreaterThanOrEqualTo(100_000);
        assertThat(Footprint.allocatedBytes(List.of(Long.MAX_VALUE))).isZero();
        Long resident = Footprint.residentBytes();
        if (Files.exists(Path.of("/proc/self/status"))) {
            assertThat(resident).isGreaterThan(heapBytes / 2);
        } else {
            assertThat(resident).isNull();
        }
    }

    @Test
    void shouldTellFramesBesideNanoseconds() {
        Meters meters = FilledMeters.ofThru(LongStream.of(1_000_000, 2_666_667, 5_333_333));
        Status.Window window = thru(meters, 48_000).sinceStart();
        Status.Frames frames = window.frames();
        assertThat(frames).isNotNull();
        if (frames != null) {
            assertThat(frames.p50()).isCloseTo(128, within(1.28));
            assertThat(frames.max()).isCloseTo(256, within(2.56));
        }
        assertThat((double) window.totalNanos()).isCloseTo(9_000_000, within(90_000.0));
        assertThat(thru(meters, 0).sinceStart().frames()).isNull();
    }

    @Property(tries = 100)
    void shouldTellPercentilesWithinOnePerCent(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 10_000_000_000L) Long> spans) {
        Status.Window window = thru(FilledMeters.ofThru(spans.stream().mapToLong(span -> span)), 0)
                .lastMinute();
        Status.Nanos nanos = window.nanos();
        assertThat(window.count()).isEqualTo(spans.size());
        assertClose(nanos.min(), percentile(spans, 0));
        assertClose(nanos.p50(), percentile(spans, 50));
        assertClose(nanos.p90(), percentile(spans, 90));
        assertClose(nanos.p99(), percentile(spans, 99));
        assertClose(nanos.p999(), percentile(spans, 99.9));
        assertClose(nanos.max(), percentile(spans, 100));
        assertClose(
                nanos.mean(),
                Math.round(spans.stream().mapToLong(span -> span).average().orElseThrow()));
    }

    /** The smallest value that so many per cent of all are not above. */
    private static long percentile(List<Long> spans, double percent) {
        long[] sorted = spans.stream().mapToLong(span -> span).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    private static void assertClose(long told, long real) {
        assertThat((double) told).isCloseTo((double) real, within(1 + 0.01 * real));
    }

    private static Status.Figure thru(Meters meters, int framesPerSecond) {
        return requireNonNull(Status.latency(meters, framesPerSecond).get("inToThru"));
    }
}
