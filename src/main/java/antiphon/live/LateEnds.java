package antiphon.live;

import antiphon.HotPath;
import com.lmax.disruptor.EventPoller;

/**
 * Lets the engine hear the ends that found no room in the in ring and that the inputs' {@link Thru}s keep: as soon as
 * it has taken what was in the ring before them. It hears them as if they came now. The engine's thread.
 */
@HotPath
final class LateEnds {
    private final InRing ring;
    private final Thru[] thrus;
    private final EventPoller.Handler<Slot> handler;
    private final Slot slot = new Slot();

    /** By input: what was kept when we looked, and how far the ring was filled then. */
    private final int[] kept;

    private final long[] until;
    private final boolean[] waiting;

    /** @param handler hears each */
    LateEnds(InRing ring, Thru[] thrus, EventPoller.Handler<Slot> handler) {
        this.ring = ring;
        this.thrus = thrus;
        this.handler = handler;
        kept = new int[thrus.length];
        until = new long[thrus.length];
        waiting = new boolean[thrus.length];
    }

    /** True if some wait to be heard. */
    boolean areKept() {
        for (Thru thru : thrus) {
            if (thru.hasLateEnds()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Hears what can be heard now.
     *
     * @param sequence how far the engine has taken the ring
     */
    void take(long sequence, long nanos) throws Exception {
        for (int input = 0; input < thrus.length; input++) {
            Thru thru = thrus[input];
            if (!waiting[input] && thru.hasLateEnds()) {
                waiting[input] = true;
                kept[input] = thru.lateEndsKept();
                until[input] = ring.claimed();
            }
            if (waiting[input] && sequence >= until[input]) {
                waiting[input] = false;
                takeAll(input, nanos);
                thru.lateEndsTaken(kept[input]);
            }
        }
    }

    private void takeAll(int input, long nanos) throws Exception {
        for (int word = 0; word < thrus[input].lateEndWords(); word++) {
            long bits = thrus[input].takeLateEnds(word);
            while (bits != 0) {
                hear(input, word * Long.SIZE + Long.numberOfTrailingZeros(bits), nanos);
                bits &= bits - 1;
            }
        }
    }

    private void hear(int input, int number, long nanos) throws Exception {
        int output = number / Ends.COUNT - 1;
        slot.what = output < 0 ? Slot.HEARD : Slot.COPY;
        slot.input = input;
        slot.message = Ends.message(number % Ends.COUNT);
        slot.nanos = nanos;
        slot.value = output < 0 ? Slot.NOT_COPIED : Slot.copy(output, false);
        handler.onEvent(slot, 0, true);
    }
}
