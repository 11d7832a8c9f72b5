package antiphon.train;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an n-gram foresees one field: which contexts, from the shortest to the longest, and how they are smoothed.
 * Immutable.
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
            plan(Smoothing.WITTEN_BELL, "K0 K1 C1 S4 R1", "K0 K1 C1 K2 C2 K3 E3"),
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
