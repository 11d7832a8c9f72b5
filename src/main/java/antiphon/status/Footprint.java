package antiphon.status;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the process takes from the machine. Asked by cold threads. */
final class Footprint {
    private static final Path PROCESS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1024;

    private Footprint() {}

    static Status.Memory now() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        // ZGC has a bean for its cycles, in which the program goes on, and another for its pauses.
        List<GarbageCollectorMXBean> pauses = collectors.stream()
                .filter(each -> !each.getName().endsWith(" Cycles"))
                .toList();
        Runtime runtime = Runtime.getRuntime();
        return new Status.Memory(
                residentBytes(),
                runtime.totalMemory() - runtime.freeMemory(),
                pauses.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum(),
                pauses.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum());
    }

    /** Seconds since the process began. */
    static double uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    }

    /** Null where there is no {@code /proc}. */
    private static @Nullable Long residentBytes() {
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
