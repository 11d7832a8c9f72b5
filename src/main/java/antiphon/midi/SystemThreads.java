package antiphon.midi;

import java.util.List;
import java.util.Locale;

/**
 * What the operating system can do for this process's threads beyond Java: priorities, cores, memory that stays in. In
 * this package because system calls are native calls. Cold code only; every request may be refused, and nothing else
 * happens then.
 */
public interface SystemThreads {
    /** Those of the machine that we run on; where we know none, every request is refused. */
    static SystemThreads here() {
        return Here.THREADS;
    }

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

    /** Found once. */
    final class Here {
        private static final SystemThreads THREADS =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")
                        ? new LinuxThreads()
                        : new None();

        private Here() {}
    }

    /**
     * Refuses everything. On macOS CoreMIDI's own thread, which receives, is a real-time one anyway; what ours would
     * need there (a computation promised per period) we could not try.
     */
    record None() implements SystemThreads {
        @Override
        public boolean areKnown() {
            return false;
        }

        @Override
        public boolean raise(int priority) {
            return false;
        }

        @Override
        public boolean raise(String name, int priority) {
            return false;
        }

        @Override
        public boolean pin(List<Integer> cores) {
            return false;
        }

        @Override
        public List<Integer> cores() {
            return List.of();
        }

        @Override
        public boolean lockMemory() {
            return false;
        }

        @Override
        public boolean keepAwake(boolean on) {
            return false;
        }

        @Override
        public boolean slacken(String name, long nanos) {
            return false;
        }

        @Override
        public void name(String name) {}
    }
}
