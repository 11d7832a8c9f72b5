package antiphon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** Where and when something was measured, in one line. */
public final class Machine {
    private static final Path THIRD_LEVEL_CACHE = Path.of("/sys/devices/system/cpu/cpu0/cache/index3/size");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    /** Processor, cores, third level of cache, system, Java, load of the last minute, and today's date (UTC). */
    public static String line() {
        return "%s, %d cores, L3 %s, %s %s, Java %s, load %s, %s"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        firstWord(THIRD_LEVEL_CACHE),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        firstWord(LOAD),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    /** The first word of a file that Linux makes. */
    private static String firstWord(Path file) {
        try {
            return Files.readString(file).strip().split(" ", -1)[0];
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
