package antiphon;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the current thread allocates. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * Bytes that the work allocates once it is warm: the least of three runs after the first. What a run allocates
     * for its own sake shows up in all of them; what the JVM allocates once while it compiles does not.
     */
    public static long bytesOfWarmRun(Runnable work) {
        measure(work);
        return Math.min(measure(work), Math.min(measure(work), measure(work)));
    }

    private static long measure(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
