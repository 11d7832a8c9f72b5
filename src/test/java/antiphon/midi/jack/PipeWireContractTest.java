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
@Timeout(420)
class PipeWireContractTest {
    private static final int MAX_SECONDS = 100;
    private static final int MAX_ATTEMPTS = 4;

    @TempDir
    private Path folder = Path.of("");

    /** It does not wait for late clients: where the machine is busy it loses what one of them has missed, and a run says nothing. */
    @Test
    void shouldKeepTheContractOnPipeWire() throws Exception {
        String printed = contract();
        for (int attempt = 1; attempt < MAX_ATTEMPTS && !isKept(printed); attempt++) {
            printed = contract();
        }
        assertThat(isKept(printed)).as(printed).isTrue();
    }

    private static boolean isKept(String printed) {
        return printed.contains(" 0 tests failed") && !printed.contains(" 0 tests successful");
    }

    /** What a run of it prints, until it ends or has taken too long. */
    private String contract() throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command())
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
        command.addAll(List.of(TestsElsewhere.class.getName(), JackContractTest.class.getName()));
        return command;
    }
}
