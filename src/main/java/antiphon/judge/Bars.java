package antiphon.judge;

import java.util.ArrayList;
import java.util.List;

/** All bars. Pure. */
final class Bars {
    private static final double GAIN_ABOVE_0 = 0.9;
    private static final double RETRIEVAL = 0.5;
    private static final double DISTRIBUTION = 2;
    private static final double SILENT = 0.02;

    /** Copying the call, repeating oneself: at most twice as much as humans do, or 10 points more if that is more. */
    private static final double TIMES_HUMAN = 2;

    private static final double POINTS_ABOVE_HUMAN = 0.1;

    /** Copying the training data: runs at most 1.5 times as long as those that held-out humans share with it. */
    private static final double TIMES_HUMAN_RUN = 1.5;

    private static final String NETWORK = "network";

    private Bars() {}

    /** The bars for the network itself. */
    static List<Bar> ofNetwork(ResponseGain gain) {
        return List.of(
                new Bar(NETWORK, "response gain above 0", gain.above(), GAIN_ABOVE_0, true, true),
                new Bar(NETWORK, "10-way retrieval", gain.retrieval(), RETRIEVAL, true, true));
    }

    /** The bars for whoever answers. */
    static List<Bar> of(Judgement judgement, Copying human) {
        String name = judgement.contender().name();
        List<Bar> bars = new ArrayList<>();
        for (Trait trait : Trait.values()) {
            if (Double.isFinite(trait.bar())) {
                bars.add(new Bar(
                        name, "follow: " + trait.text(), judgement.follow(trait).r(), trait.bar(), true, false));
            }
        }
        Copying copying = judgement.copying();
        bars.add(new Bar(
                name, "distribution distance / d0", judgement.distribution().mean(), DISTRIBUTION, false, false));
        bars.add(new Bar(name, "copied from the call", copying.ofCall(), maxShare(human.ofCall()), false, true));
        bars.add(new Bar(name, "repeats itself", copying.repeated(), maxShare(human.repeated()), false, true));
        bars.add(new Bar(name, "silent or one note", copying.silent(), SILENT, false, true));
        if (copying.longest().isKnown()) {
            double max = TIMES_HUMAN_RUN * human.longest().value();
            bars.add(new Bar(name, "longest run of the training data, notes", copying.longest(), max, false, false));
        }
        return bars;
    }

    private static double maxShare(Interval human) {
        return Math.max(TIMES_HUMAN * human.value(), human.value() + POINTS_ABOVE_HUMAN);
    }
}
