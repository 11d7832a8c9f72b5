package antiphon.live;

import antiphon.HotPath;

/**
 * Work that never ends, done in small pieces. The same agent is run by a thread ({@link AgentRunner}) or by hand
 * ({@link AgentInvoker}), as in Agrona; unlike in Agrona, each piece returns the time until which there is nothing to
 * do.
 */
@HotPath
interface Agent {
    /** Names its thread. */
    String name();

    /** Called once by the thread that will do the work, before any work. */
    default void begin() {}

    /**
     * Does what there is to do now. Throws nothing: what goes wrong is counted and recovered from.
     *
     * @return when to call again at the latest; earlier if {@link #hasWork}. {@link Long#MAX_VALUE}: only then
     */
    long doWork();

    /** True if something has come that must be worked on now, whatever time {@link #doWork} gave. */
    boolean hasWork();
}
