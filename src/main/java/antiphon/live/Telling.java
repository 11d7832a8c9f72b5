package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Choice;
import antiphon.improv.Control;
import antiphon.improv.Improviser;
import antiphon.improv.Plan;

/** Tells the tap whose turn it is, the mode, the key, the plan and why it was chosen, whenever they have changed. Engine thread. */
@HotPath
final class Telling {
    /** A clock moves what is planned a little with every tick. */
    private static final long SAME_NANOS = 2_000_000L;

    private final Tap tap;
    private final Improviser improviser;
    private final Controls controls;
    private long told = -1;
    private long toldPlan;
    private long toldChoice;
    private int toldSize;
    private int toldLastEvent;
    private long toldLastNanos;

    /** Has told nothing yet. */
    Telling(Tap tap, Improviser improviser, Controls controls) {
        this.tap = tap;
        this.improviser = improviser;
        this.controls = controls;
    }

    /** @param heard a message was heard since the last time: only that changes the key */
    void tell(long now, boolean heard) {
        tellState(now, heard);
        tellChoice(now);
        tellPlan(now);
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

    private void tellPlan(long now) {
        Plan plan = improviser.plan();
        long signature = plan.isEmpty() ? 0 : plan.size() + 31 * plan.dueNanos(0) + 961L * plan.event(0);
        if (signature == toldPlan || isRestOfTold(plan)) {
            return;
        }
        toldPlan = signature;
        toldSize = plan.size();
        tap.write(Tap.PLAN, plan.size(), 0, now, 0);
        for (int place = 0; place < plan.size(); place++) {
            tap.write(Tap.PLANNED, plan.event(place), 0, now, plan.dueNanos(place));
        }
        if (toldSize > 0) {
            toldLastEvent = plan.event(toldSize - 1);
            toldLastNanos = plan.dueNanos(toldSize - 1);
        }
    }

    /** Of a whole answer that was told, only what has been sent since is missing: nobody needs the rest once more. */
    private boolean isRestOfTold(Plan plan) {
        int last = plan.size() - 1;
        return plan.isWhole()
                && last >= 0
                && plan.size() <= toldSize
                && plan.event(last) == toldLastEvent
                && Math.abs(plan.dueNanos(last) - toldLastNanos) < SAME_NANOS;
    }
}
