package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Control;
import antiphon.music.Message;

/**
 * All our outputs as the engine sees them. The improviser knows one only, the slowest: whatever it plays is heard at the
 * same time at all of them. The engine's thread.
 */
@HotPath
final class Exits {
    private final Exit[] all;
    private final Meters meters;
    private Routing routing;

    /**
     * Takes over outputs that have sent nothing yet.
     *
     * @param routing what goes where, at first
     */
    Exits(Exit[] all, Routing routing, Meters meters) {
        this.all = all;
        this.routing = routing;
        this.meters = meters;
    }

    /** From now on these routes hold. What was begun elsewhere is ended there. */
    void route(Routing wanted) {
        routing = wanted;
    }

    private long slowestNanos() {
        long slowest = 0;
        for (Exit exit : all) {
            slowest = Math.max(slowest, exit.offsetNanos());
        }
        return slowest;
    }

    /**
     * What the improviser is told of a control that is about the first output.
     *
     * @return its value for the slowest output, if it is about time; otherwise the value
     */
    long forAll(Control control, long value) {
        if (control == Control.OFFSET) {
            all[0].offset(value);
            return slowestNanos();
        }
        return control == Control.CLICK ? value - (slowestNanos() - all[0].offsetNanos()) : value;
    }

    /** See {@link Exit#leave}. */
    void leave(long slowestNanos, long immediateNanos) {
        for (Exit exit : all) {
            exit.leave(slowestNanos, immediateNanos);
        }
    }

    /**
     * Sends a message of the partner's wherever it goes.
     *
     * @return false if there was no room for it anywhere that it should have gone
     */
    boolean send(int message, long dueNanos, long causeNanos) {
        boolean sent = false;
        boolean refused = false;
        for (Exit exit : all) {
            int as = exit.answer(routing, message);
            if (as != Followed.NOTHING) {
                boolean taken = exit.send(message, as, dueNanos, causeNanos);
                sent |= taken;
                refused |= !taken;
                if (!taken) {
                    meters.outRingDrops.incrementAndGet();
                }
            }
        }
        return sent || !refused;
    }

    /** Sends a message of a clock of ours. */
    void tick(int message, long dueNanos) {
        for (int output = 0; output < all.length; output++) {
            if (routing.hasClock(output) && !all[output].tick(message, dueNanos)) {
                meters.outRingDrops.incrementAndGet();
            }
        }
    }

    /**
     * Writes down what has become of a message at an output, see {@link Exit#note}.
     *
     * @param endNanos when what is to be ended is due
     */
    void note(Slot slot, long endNanos) {
        if (slot.what == Slot.COPY || (slot.what == Slot.MESSAGE && !Message.isClock(slot.message))) {
            int output = slot.what == Slot.COPY ? Slot.output(slot.value) : 0;
            all[output].note(slot.input, slot.message, Slot.isCopied(slot.value), slot.nanos, endNanos);
        }
    }

    /** Ends what a section of the ledgers holds, from the next {@link #work} on. */
    void release(int section) {
        for (Exit exit : all) {
            exit.release(section);
        }
    }

    /** Likewise everything that was sent. */
    void releaseAll() {
        for (Exit exit : all) {
            exit.releaseAll();
        }
    }

    /** Likewise everything, whether we know of it or not. */
    void silence() {
        for (Exit exit : all) {
            exit.silence();
        }
    }

    /** True if nothing is left to be ended. */
    boolean isDone() {
        for (Exit exit : all) {
            if (!exit.isDone()) {
                return false;
            }
        }
        return true;
    }

    /** Sends what there is to end and the outputs take, due then. */
    void work(long dueNanos) {
        for (Exit exit : all) {
            exit.work(dueNanos);
        }
    }

    /** See {@link Exit#settle}. */
    void settle(long nanos) {
        for (Exit exit : all) {
            exit.settle(nanos);
        }
    }
}
