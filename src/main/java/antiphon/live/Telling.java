package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Choice;
import antiphon.improv.Control;
import antiphon.improv.Ensemble;
import antiphon.improv.Improviser;

/**
 * Tells the tap whose turn it is, the mode, the key and why an answer was chosen, all of the first part, and what each
 * part plans, whenever they have changed. Engine thread.
 */
@HotPath
final class Telling {
    private final Tap tap;
    private final Ensemble ensemble;
    private final Improviser improviser;
    private final Controls controls;
    private long told = -1;
    private long toldChoice;
    private final ToldPlan[] plans = new ToldPlan[Ensemble.PARTS];

    /** Has told nothing yet. */
    Telling(Tap tap, Ensemble ensemble, Controls controls) {
        this.tap = tap;
        this.ensemble = ensemble;
        improviser = ensemble.first();
        this.controls = controls;
        for (int number = 0; number < plans.length; number++) {
            plans[number] = new ToldPlan(tap, number);
        }
    }

    /** @param heard a message was heard since the last time: only that changes the key */
    void tell(long now, boolean heard) {
        tellState(now, heard);
        tellChoice(now);
        for (int number = 0; number < plans.length; number++) {
            Improviser part = ensemble.playing(number);
            // One that was turned off has ended what it planned.
            plans[number].tell(part == null ? null : part.plan(), now);
        }
    }

    private void tellState(long now, boolean heard) {
        Tap.Turn turn = controls.value(Control.MUTE) != 0
                ? Tap.Turn.MUTED
                : improviser.isAnswering() ? Tap.Turn.ANSWERING : Tap.Turn.LISTENING;
        int mode = improviser.dials().mode().number();
        int key = heard || told < 0 ? improviser.listener().tonality().key() : (int) (told >> 16) - 1;
        long state = turn.number() | (long) mode << 8 | (long) (key + 1) << 16;
        if (state != told) {
            told = state;
            tap.write(Tap.STATE, turn.number(), mode, now, key);
        }
    }

    private void tellChoice(long now) {
        Choice choice = improviser.choice();
        if (choice.number() == toldChoice) {
            return;
        }
        toldChoice = choice.number();
        tap.write(Tap.CHOSEN, choice.about(choice.rank()), choice.rank(), now, choice.tried());
        for (int place = 0; place < choice.kept(); place++) {
            tap.write(Tap.CANDIDATE, choice.about(place), place, now, Double.doubleToRawLongBits(choice.score(place)));
        }
        for (int motif = 0; motif < choice.motifs(); motif++) {
            tap.write(Tap.MOTIF, choice.length(motif), choice.callGroup(motif), now, choice.answerGroup(motif));
        }
    }
}
