package antiphon.status;

import antiphon.midi.MidiBackend.Troubles;

/** Status documents to test with. */
final class Statuses {
    private Statuses() {}

    /** Every count another, one meter full, and a client whose name needs care in every format. */
    static Status sample() {
        Meters meters = new Meters(() -> 0);
        meters.messagesIn.set(1);
        meters.messagesOut.set(2);
        meters.inRingDrops.set(3);
        meters.outRingDrops.set(4);
        meters.portRefusals.set(5);
        meters.failures.set(11);
        for (int i = 1; i <= 1000; i++) {
            meters.inToThruNanos.record(i * 1_000L);
        }
        return new Status(
                Status.SCHEMA,
                new Status.Program("0.1.0", "left \"hand\" \\ one", 4711, 12.345, true, "call", 5),
                new Status.Midi("jack", "antiphon:in", "antiphon:out", true, 48_000, 128),
                new Status.Model("models/antiphon.safetensors", 1_234_567, 2, 384),
                meters.counts(new Troubles(7, 8, 9, 10), 6, 12, 13, 14),
                new Status.Memory(200_000_000L, 30_000_000, 15, 16),
                meters.figures(48_000));
    }
}
