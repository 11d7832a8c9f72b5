package antiphon.host;

import java.util.List;
import java.util.Locale;

/** The operating system that this program runs on, found once. Any thread. */
public final class Host {
    private static final SystemThreads THREADS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")
                    ? new LinuxThreads()
                    : new NoThreads();

    private Host() {}

    /** What it can do for our threads; where we know nothing of it, every request is refused. */
    public static SystemThreads threads() {
        return THREADS;
    }

    /**
     * Refuses everything. On macOS the thread that receives is CoreMIDI's own and a real-time one anyway; what our
     * threads would need there (a computation promised per period) we could not try.
     */
    private record NoThreads() implements SystemThreads {
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
