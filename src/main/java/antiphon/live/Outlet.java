package antiphon.live;

import antiphon.HotPath;

/** Where the engine's messages go: a sender, or the ring in front of a sender. Engine thread only. */
@HotPath
interface Outlet {
    /**
     * Takes a message that is to leave when it is due.
     *
     * @param causeNanos when the message came that this one answers at once, or {@link Slot#NO_CAUSE}
     * @return false if there was no room and it was not taken
     */
    boolean send(int message, long dueNanos, long causeNanos);

    /** From now on a message that answers another at once is due so long after it. */
    void answersAfter(long immediateNanos);

    /** True if nothing waits for room: what was taken will leave when it is due. */
    boolean isEmpty();
}
