package antiphon.status;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the process takes from the machine. Asked by cold threads. */
final class Footprint {
    private static final Path PROCESS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1024;

    private Footprint() {}

    /** Objects, dead ones included. */
    static long heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Times the collector stopped the program. */
    static long gcPauses() {
        return pauses().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    /** How long it did, all together. */
    static long gcPauseMillis() {
        return pauses().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** ZGC has a bean for its cycles, in which the program goes on, and another for its pauses. */
    private static List<GarbageCollectorMXBean> pauses() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(each -> !each.getName().endsWith(" Cycles"))
                .toList();
    }

    /** What these threads have made since they began; 0 where the JVM does not say. */
    static long allocatedBytes(List<Long> threads) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean known)) {
            return 0;
        }
        long[] ids = threads.stream().mapToLong(Long::longValue).toArray();
        // -1 for one that has ended.
        return LongStream.of(known.getThreadAllocatedBytes(ids))
                .map(bytes -> Math.max(0, bytes))
                .sum();
    }

    /** Seconds since the process began. */
    static double uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    }

    /** Of the whole process; null where there is no {@code /proc}. */
    static @Nullable Long residentBytes() {
        try {
            for (String line : Files.readAllLines(PROCESS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(RESIDENT)) {
                    String[] words = line.substring(RESIDENT.length()).trim().split(" ", 2);
                    return Long.parseLong(words[0]) * KIB;
                }
            }
        } catch (IOException | NumberFormatException elsewhere) {
            // Not Linux.
        }
        return null;
    }
}
