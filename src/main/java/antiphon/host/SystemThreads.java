package antiphon.host;

import java.util.List;

/**
 * What the operating system can do for this process's threads beyond Java: priorities, cores, memory that is not
 * swapped out. Those of this machine are {@link Host#threads}. Cold code only. The system may refuse every request; a
 * refused request changes nothing.
 */
public interface SystemThreads {
    /** True if requests may succeed at all. */
    boolean areKnown();

    /** Gives the calling thread real-time priority (first in, first out), 1 to 99. Threads it starts do not inherit. */
    boolean raise(int priority);

    /** Does the same for another thread of this process, by the name that the system shows. */
    boolean raise(String name, int priority);

    /** Keeps the calling thread on these cores; one unknown core among known ones is passed over. */
    boolean pin(List<Integer> cores);

    /** The cores that this process may use. */
    List<Integer> cores();

    /** Keeps in memory what the process has touched and will touch, so that no access waits for a disk. */
    boolean lockMemory();

    /** Keeps the processor's cores from sleeping, or lets them again. From one thread. */
    boolean keepAwake(boolean on);

    /**
     * Lets the system wake that thread of this process, by the name that the system shows, so much later than it asked
     * for, together with others; 0: as it was.
     */
    boolean slacken(String name, long nanos);

    /** Names the calling thread for the system's tools, where Java does not: it leaves adopted threads alone. */
    void name(String name);
}
