package antiphon.live;

import java.util.List;

/**
 * What the system is asked to do for the threads.
 *
 * @param realTime raise the engine and the sender above everything ordinary
 * @param lockMemory keep what is used in memory
 * @param cores the engine and the sender stay on these; empty: anywhere
 * @param keepAwake keep all cores from sleeping while music goes on
 */
public record Threads(boolean realTime, boolean lockMemory, List<Integer> cores, boolean keepAwake) {
    /** Asks for nothing. */
    public static final Threads ORDINARY = new Threads(false, false, List.of(), false);
}
