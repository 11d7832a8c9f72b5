package antiphon.bench;

import antiphon.status.Status;
import antiphon.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a running program's own meters say, to be compared with what is seen from outside. */
record InnerMeters(Status status) {
    private static final Status.Window NOTHING =
            new Status.Window(0, 0, new Status.Nanos(0, 0, 0, 0, 0, 0, 0), new Status.Frames(0, 0, 0, 0, 0, 0, 0));

    /** Asks the program at this socket; null where it does not answer. */
    static @Nullable InnerMeters of(Path socket) {
        try {
            return new InnerMeters(Status.parse(StatusReader.read(socket).strip()));
        } catch (IOException silent) {
            return null;
        }
    }

    /** From a note's arrival to its answer's leaving, in frames. */
    Status.Frames answer() {
        return frames("inToAnswer");
    }

    /** From a note's arrival until the first event of what was planned anew because of it, in ms, at p99. */
    double plannedAnewMillis() {
        return window("inToPlanned").nanos().p99() / 1e6;
    }

    private Status.Window window(String meter) {
        Status.@Nullable Figure figure = status.latency().get(meter);
        return figure == null ? NOTHING : figure.sinceStart();
    }

    private Status.Frames frames(String meter) {
        Status.Window window = window(meter);
        Status.@Nullable Frames frames = window.frames();
        return frames == null ? new Status.Frames(0, 0, 0, 0, 0, 0, 0) : frames;
    }

    /** By how many frames the inner figure differs from the outer one: at the median or p99, whichever differs more. */
    double apart(Latencies outer) {
        return Math.max(
                Math.abs(answer().p50() - outer.percentile(50)), Math.abs(answer().p99() - outer.percentile(99)));
    }

    String text() {
        Status.Frames engine = frames("engine");
        Status.Nanos planned = window("inToPlanned").nanos();
        if (planned.max() > 0) {
            return "planned anew p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms; engine's work p50 %.0f, p99 %.0f, max %.0f frames; %d late"
                    .formatted(
                            planned.p50() / 1e6,
                            planned.p99() / 1e6,
                            planned.p999() / 1e6,
                            planned.max() / 1e6,
                            engine.p50(),
                            engine.p99(),
                            engine.max(),
                            status.counts().late());
        }
        return "answer p50 %.0f, p99 %.0f, p99.9 %.0f, max %.0f; engine's work p50 %.0f, p99 %.0f, max %.0f frames; %d late"
                .formatted(
                        answer().p50(),
                        answer().p99(),
                        answer().p999(),
                        answer().max(),
                        engine.p50(),
                        engine.p99(),
                        engine.max(),
                        status.counts().late());
    }

    /** For JSON. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("counts", status.counts());
        map.put("memory", status.memory());
        map.put("latency", status.latency());
        return map;
    }
}
