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
@Timeout(180)
class PipeWireContractTest {
    private static final int MAX_SECONDS = 150;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldKeepTheContractOnPipeWire() throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        String printed = Files.readString(log);
        assertThat(ended).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed).contains(" 0 tests failed");
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
