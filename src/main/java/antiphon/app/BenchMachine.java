package antiphon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What was measured on, in one line: figures without it mean little. */
final class BenchMachine {
    private BenchMachine() {}

    static String describe() {
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + Runtime.version() + ", load " + load() + ", " + LocalDate.now(ZoneOffset.UTC);
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

    /** Of the last minute, before the bench itself adds to it. */
    private static String load() {
        try {
            String text = Files.readString(Path.of("/proc/loadavg"));
            return text.substring(0, text.indexOf(' '));
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
