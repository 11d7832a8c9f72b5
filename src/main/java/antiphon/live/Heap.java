package antiphon.live;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Lets the heap grow once the music can begin. Until then it is kept small, and then collected once, so that what the
 * start throws away goes back to the system (in {@code -XX:ZUncommitDelay} seconds). From then on nothing on the live path allocates, and the heap stays small by itself; but should
 * something else in the process allocate, the collector must not come ten times a second: each time it takes a core's
 * caches and some cycles with it.
 */
final class Heap {
    private static final String LIMIT = "SoftMaxHeapSize";

    private Heap() {}

    /** A cold thread, after the start. Does nothing where the JVM knows no such limit. */
    static void letGrow() {
        System.gc();
        try {
            HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (hotSpot != null) {
                hotSpot.setVMOption(LIMIT, hotSpot.getVMOption("MaxHeapSize").getValue());
            }
        } catch (IllegalArgumentException unknown) {
            // Then it has no limit below the largest either.
        }
    }
}
