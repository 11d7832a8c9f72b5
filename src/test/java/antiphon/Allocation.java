package antiphon;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the current thread allocates. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int RUNS = 10;

    private Allocation() {}

    /**
     * Bytes that the work allocates once it is warm: the least of ten runs after the first, or 0 as soon as one
     * allocates nothing. What a run allocates for its own sake shows up in all of them; what the JVM allocates now
     * and then while it compiles does not.
     */
    public static long bytesOfWarmRun(Runnable work) {
        long least = measure(work);
        for (int run = 0; run < RUNS && least > 0; run++) {
            least = Math.min(least, measure(work));
        }
        return least;
    }

    private static long measure(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
