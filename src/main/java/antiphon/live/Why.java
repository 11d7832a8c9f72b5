package antiphon.live;

import antiphon.improv.Choice;

/** Why an answer was chosen, for people. Stateless; cold threads. */
public final class Why {
    private Why() {}

    /**
     * A clause without a capital letter and a full stop.
     *
     * @param chosen an entry {@link Tap#CHOSEN}
     */
    public static String of(Tap.Entry chosen) {
        String place = chosen.input() == 0 ? "the best" : "number " + (chosen.input() + 1);
        return place + " of " + chosen.value() + " that came to mind: "
                + Choice.originOf(chosen.message()).text() + ", "
                + Choice.motifPercentOf(chosen.message()) + " % of its motifs yours";
    }
}
