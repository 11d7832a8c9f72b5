package antiphon.improv.part;

import antiphon.improv.Ensemble;
import antiphon.improv.Improviser;
import antiphon.improv.Mind;
import antiphon.improv.Mode;
import antiphon.improv.Part;
import antiphon.improv.Settings;
import antiphon.improv.Stage;
import antiphon.model.StackedLstm;

/** All parts there are: the one place that knows which class plays which mode. */
public final class Parts {
    private Parts() {}

    /** An improviser that has all parts and has heard nothing. */
    public static Improviser improviser(StackedLstm network, Settings settings, long seed) {
        return new Improviser(new Mind(network, settings, seed), settings, Parts::make);
    }

    /** An ensemble whose parts have all modes and have heard nothing. */
    public static Ensemble ensemble(StackedLstm network, Settings settings, long seed) {
        return new Ensemble(
                network, settings, (number, its) -> improviser(its, settings.ofPart(number), seed + number));
    }

    private static Part make(Mode mode, Stage stage) {
        return switch (mode) {
            case CALL -> new Call(stage);
            case CONTINUE -> new Continue(stage);
            case HARMONY -> new Harmony(stage);
            case LISTEN -> new Listen(stage);
            case TRADE -> new Trade(stage);
            case DUET -> new Duet(stage);
            case FOLLOW -> new Follow(stage);
        };
    }
}
