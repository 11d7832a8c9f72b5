package antiphon.midi.lv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the plugin's files say of it. Needs Debian's lv2-dev and sordi. */
@Timeout(60)
class PluginDataTest {
    private static final Path SCHEMAS = Path.of("/usr/lib/lv2");
    private static final Path SOURCE = Path.of("src/main/c/lv2");
    private static final Pattern PORT = Pattern.compile("lv2:index (\\d+) ;\\s+lv2:symbol \"(\\w+)\"");

    @Test
    void shouldBeValidByTheSchemasOfLv2() throws Exception {
        PluginHost.build();
        List<String> command = new ArrayList<>(List.of("sord_validate"));
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            files.filter(FileSystems.getDefault().getPathMatcher("glob:**.ttl")::matches)
                    .forEach(file -> command.add(file.toString()));
        }
        command.add(SOURCE.resolve("manifest.ttl").toString());
        command.add(SOURCE.resolve("antiphon.ttl").toString());
        assertThat(said(command)).contains("Found 0 errors");
    }

    private static String said(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException missing) {
            throw new AssertionError("Run: apt install lv2-dev sordi", missing);
        }
    }

    @Test
    void shouldNumberItsPortsAsTheCodeDoes() throws IOException {
        Matcher ports = PORT.matcher(Files.readString(SOURCE.resolve("antiphon.ttl")));
        StringBuilder names = new StringBuilder();
        for (int i = 0; ports.find(); i++) {
            assertThat(ports.group(1)).isEqualTo(String.valueOf(i));
            names.append(i == 0 ? "" : ", ")
                    .append("PORT_")
                    .append(ports.group(2).toUpperCase(java.util.Locale.ROOT));
        }
        assertThat(Files.readString(SOURCE.resolve("antiphon.c"))).contains("enum { " + names + " };");
    }
}
