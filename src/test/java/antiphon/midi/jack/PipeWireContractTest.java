package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.TestsElsewhere;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link JackContractTest} on PipeWire, with PipeWire's own libjack, as {@code pw-jack} would start it: in a process of its own,
 * because a process has one libjack.
 */
@Tag("jack")
@Timeout(520)
class PipeWireContractTest {
    private static final int MAX_SECONDS = 100;
    private static final int MAX_ATTEMPTS = 5;

    @TempDir
    private Path folder = Path.of("");

    /**
     * PipeWire does not wait for late clients: where the machine is busy it loses what one of them has missed. What failed is
     * tried anew: each test must be kept once.
     */
    @Test
    void shouldKeepTheContractOnPipeWire() throws Exception {
        List<String> open = List.of(JackContractTest.class.getName());
        String printed = "";
        for (int attempt = 0; attempt < MAX_ATTEMPTS && !open.isEmpty(); attempt++) {
            printed = contract(open);
            if (printed.contains(" tests failed") && !printed.contains(" 0 tests started")) {
                open = printed.lines()
                        .filter(line -> line.startsWith(TestsElsewhere.FAILED))
                        .map(line -> line.substring(TestsElsewhere.FAILED.length()))
                        .toList();
            }
        }
        assertThat(open).as(printed).isEmpty();
    }

    /** What a run of these prints, until it ends or has taken too long. */
    private String contract(List<String> tests) throws Exception {
        Path log = folder.resolve("log");
        List<String> command = command();
        command.addAll(tests);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        return Files.readString(log);
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of("src/bench/on-pipewire.sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What modules we may reach; not what Surefire adds.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(TestsElsewhere.class.getName());
        return command;
    }
}
