package antiphon.status;

import antiphon.live.FilledMeters;
import antiphon.live.Meters;
import java.util.List;
import java.util.stream.LongStream;

/** Status documents to test with. */
final class Statuses {
    private Statuses() {}

    /** Every count another, one meter full, and a client whose name needs care in every format. */
    static Status sample() {
        Meters meters = FilledMeters.ofThru(LongStream.rangeClosed(1, 1000).map(micros -> micros * 1_000));
        return new Status(
                Status.SCHEMA,
                new Status.Program("0.1.0", "left \"hand\" \\ one", 4711, 12.345, true, "call", 5),
                new Status.Midi("jack", "antiphon:in", "antiphon:out", true, 48_000, 128, "midi.in \"pads\""),
                new Status.Model("models/antiphon.safetensors", 1_234_567, 2, 384, "0123abcd"),
                new Status.Counts(1, 2, 3, 4, 5, 6, 15, 16, 7, 8, 9, 10, 11, 12, 13, 14),
                new Status.Memory(200_000_000L, 30_000_000, 15, 16, 17),
                Status.latency(meters, 48_000),
                List.of("It is paused.", "It plays very softly."));
    }
}
