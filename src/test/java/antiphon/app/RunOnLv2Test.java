package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.lv2.PluginHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with the real plugin in a host that ends without a word. */
@Timeout(180)
class RunOnLv2Test {
    @TempDir
    private Path folder = Path.of("");

    private final List<String> left = new CopyOnWriteArrayList<>();

    @Test
    void shouldAnswerInTheHostAndEndWithIt() throws Exception {
        Path shared = Files.createDirectory(
                folder.resolve("lv2"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (PluginHost host = PluginHost.inRealTime(shared, "track", left::add);
                Program antiphon = Program.in(folder)
                        .with("ANTIPHON_LV2_DIR", shared.toString())
                        .runOn("lv2", "--lv2", "track", "--mode", "harmony", "--seed", "5")) {
            await(() -> left.contains("present 1"));
            for (String key : List.of("48", "4a", "4c", "4d", "4f")) {
                host.tell("midi 90" + key + "50");
                Thread.sleep(200);
                host.tell("midi 80" + key + "00");
            }
            host.tell("midi 904850");
            await(() -> left.stream().anyMatch(line -> line.matches("out .* 91....")));
            host.kill();
            Program.Ended ended = antiphon.end();
            assertThat(ended.status()).isEqualTo(69);
            assertThat(ended.errors()).contains("lv2: the plugin \"lv2host track\" has gone.");
        }
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited for 30 s; the plugin said %s", left)
                    .isNegative();
            Thread.sleep(5);
        }
    }
}
