package antiphon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Where and when something was measured: figures without it say nothing. */
final class Machine {
    private Machine() {}

    static String line() {
        return "%s, %d cores, L3 %s, Linux %s, JDK %s, %s, load %s"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        first("/sys/devices/system/cpu/cpu0/cache/index3/size"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        LocalDate.now(java.time.ZoneOffset.UTC),
                        first("/proc/loadavg").split(" ", -1)[0]);
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException unknown) {
            return System.getProperty("os.arch");
        }
    }

    private static String first(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException unknown) {
            return "?";
        }
    }
}
