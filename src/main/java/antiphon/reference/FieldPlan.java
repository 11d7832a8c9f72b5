package antiphon.reference;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an n-gram predicts one field: which contexts, from the shortest to the longest, and how they are smoothed.
 * Immutable.
 *
 * <p>The contexts of the 5-gram were chosen on the VALID side, in bits per note. First a search: from some 40 (kind,
 * time), 90 (pitch) and 130 (velocity) contexts it put in, exchanged or took out the one that saved most, until none
 * saved 0.004; pitch and velocity on the whole corpus (3.9 million notes counted), kind and time on 512 of its files.
 *
 * <ul>
 *   <li>Pitch: one context alone 8.06, Witten-Bell 7.52, the discounts of Kneser-Ney 7.38. Intervals in the longer
 *       contexts and pitches in the shorter beat either alone.
 *   <li>Velocity: Witten-Bell 3.02, the discounts of Kneser-Ney 2.96.
 *   <li>Kind 1.678 and 1.675, time 5.820 and 5.824, without the 0.1 of wide time bins. Times as they are instead of in
 *       classes, and velocities, say nothing more about time.
 * </ul>
 *
 * <p>Then by hand on the 512 files, with Kneser-Ney in full, for it saves more in every field: lower orders that count
 * continuations instead of all events took kind from 1.675 to 1.670, time from 5.824 to 5.799, pitch from 8.456 to 8.327,
 * velocity from 2.553 to 2.527. With them, more and longer contexts pay: of 40 chains tried, these gave 1.646, 5.754,
 * 8.241 and 2.448. On the whole corpus, all fields together: 18.166 with plain counts, 18.013 with continuations, 17.825
 * with the contexts below.
 */
record FieldPlan(Smoothing smoothing, List<ContextShape> contexts) {
    /** Each value by its frequency, whatever came before. */
    static final List<FieldPlan> UNIGRAM =
            Stream.generate(() -> plan(Smoothing.WITTEN_BELL, "")).limit(4).toList();

    static final List<FieldPlan> FIVE_GRAM = List.of(
            plan(
                    Smoothing.KNESER_NEY,
                    "K1 C1",
                    "K1 C1 K2 C2 K3 C3",
                    "K1 C1 K2 C2 K3 C3 K4 C4",
                    "K1 I1 K2 I2 K3 I3 K4 I4",
                    "K1 I1 C1 K2 I2 C2 K3 I3 C3 K4 I4 C4"),
            plan(Smoothing.KNESER_NEY, "K0", "K0 K1 C1 K2 E2", "K0 K1 C1 K2 C2 K3 E3", "K0 K1 C1 K2 C2 K3 C3 K4 C4"),
            plan(
                    Smoothing.KNESER_NEY,
                    "K0",
                    "K0 C0 K1 P1",
                    "~K0 K1 K2 I2 K3 I3",
                    "~K0 K1 K2 I2 K3 I3 K4 I4",
                    "~K0 E0 K1 E1 K2 I2 E2 K3 I3 E3 K4 I4 E4",
                    "K0 E0 K1 P1 E1 K2 P2 E2 K3 P3 E3 K4 P4 E4"),
            plan(
                    Smoothing.KNESER_NEY,
                    "P0",
                    "C0 V1 K1",
                    "E0 V1 O1 V2 O2",
                    "E0 V1 O1 V2 O2 V3 O3 V4 O4",
                    "C0 R0 V1 K1 V2 K2 V3 K3 V4 K4",
                    "P0 V1 D1 V2 D2 V3 D3 V4 D4"));

    FieldPlan {
        contexts = List.copyOf(contexts);
    }

    private static FieldPlan plan(Smoothing smoothing, String... contexts) {
        return new FieldPlan(
                smoothing, Stream.of(contexts).map(ContextShape::of).toList());
    }
}
