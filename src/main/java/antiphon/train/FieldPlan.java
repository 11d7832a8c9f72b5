package antiphon.train;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an n-gram foresees one field: which contexts, from the shortest to the longest, and how they are smoothed.
 * Immutable.
 *
 * <p>The contexts of the 5-gram were chosen by a search: from some 40 (kind, time), 90 (pitch) and 130 (velocity)
 * candidates it put in, exchanged or took out the one that saved most bits per note on the VALID side, until none saved
 * 0.004. Pitch and velocity were searched on the whole corpus (3.9 million notes counted), kind and time on 512 of its
 * files. What was found there, in bits per note:
 *
 * <ul>
 *   <li>pitch: one context alone 8.06, Witten-Bell 7.52, discounts of Kneser-Ney 7.38. Intervals for the longer
 *       contexts and pitches for the shortest beat either alone; coarse time in the longest saves 0.07;
 *   <li>velocity: Witten-Bell 3.02, discounts of Kneser-Ney 2.96;
 *   <li>kind: 1.678 and 1.675, time 5.820 and 5.824 (of the 512 files, and without the 0.1 of wide time bins). Times as
 *       they are instead of in classes, a fourth event, or the velocities before say nothing more about time;
 *   <li>counting continuations in the lower orders, as Kneser-Ney does, instead of all events saves more, of the 512
 *       files: kind 1.675 to 1.670, time 5.824 to 5.799, pitch 8.456 to 8.327, velocity 2.553 to 2.527. So all four
 *       are Kneser-Ney.
 * </ul>
 */
record FieldPlan(Smoothing smoothing, List<ContextShape> contexts) {
    /** Each field as often as it is, whatever came before. */
    static final List<FieldPlan> UNIGRAM =
            Stream.generate(() -> plan(Smoothing.WITTEN_BELL, "")).limit(4).toList();

    static final List<FieldPlan> FIVE_GRAM = List.of(
            plan(
                    Smoothing.KNESER_NEY,
                    "K1 C1 K2 C2 K3 C3",
                    "K1 P1 K2 P2",
                    "K1 C1 K2 C2 K3 C3 K4 C4",
                    "K1 I1 K2 I2 K3 I3 K4 I4"),
            plan(Smoothing.KNESER_NEY, "K0 K1 C1 S4 R1", "K0 K1 C1 K2 C2 K3 E3"),
            plan(
                    Smoothing.KNESER_NEY,
                    "K0",
                    "K0 C0 K1 P1",
                    "~K0 K1 K2 I2 K3 I3",
                    "~K0 E0 K1 E1 K2 I2 E2 K3 I3 E3 K4 I4 E4"),
            plan(Smoothing.KNESER_NEY, "P0", "C0 K0 V1 K1 V2 K2", "C0 R0 V1 K1 V2 K2 V3 K3 V4 K4"));

    FieldPlan {
        contexts = List.copyOf(contexts);
    }

    private static FieldPlan plan(Smoothing smoothing, String... contexts) {
        return new FieldPlan(
                smoothing, Stream.of(contexts).map(ContextShape::of).toList());
    }
}
