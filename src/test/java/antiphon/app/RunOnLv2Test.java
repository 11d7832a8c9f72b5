package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.lv2.PluginHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with the real plugin in a host that ends without a word. */
@Timeout(180)
class RunOnLv2Test {
    private static final int ANSWERS = 2;

    @TempDir
    private Path folder = Path.of("");

    private Path shared = Path.of("");
    private final List<String> left = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        shared = Files.createDirectory(
                folder.resolve("lv2"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void shouldAnswerInTheHostAndEndWithIt() throws Exception {
        try (PluginHost host = PluginHost.inRealTime(shared, "track", left::add);
                Program antiphon = Program.in(folder)
                        .with("ANTIPHON_LV2_DIR", shared.toString())
                        .runOn("lv2", "--lv2", "track", "--mode", "harmony", "--seed", "5")) {
            await(() -> left.contains("present 1"));
            play(host);
            await(() -> !answers(left).isEmpty());
            host.kill();
            Program.Ended ended = antiphon.end();
            assertThat(ended.status()).isEqualTo(69);
            assertThat(ended.errors()).contains("lv2: the plugin \"lv2host track\" has gone.");
        }
    }

    /** One that is there at the start and one that comes later: both are connected by themselves, on two ways. */
    @Test
    void shouldGiveAPluginWhatTheFirstOutputSendsAlone() throws Exception {
        List<String> leftLater = new CopyOnWriteArrayList<>();
        Program.Place place =
                Program.in(folder).with("ANTIPHON_LV2_DIR", shared.toString()).with("ANTIPHON_OUT2_OPEN", "true");
        try (PluginHost host = PluginHost.inRealTime(shared, "track", left::add);
                Program antiphon = place.runOn("lv2", "--mode", "harmony", "--seed", "5");
                PluginHost later = PluginHost.inRealTime(shared, "later", leftLater::add)) {
            await(() -> left.contains("present 1") && leftLater.contains("present 1"));
            assertThat(place.runToEnd("status").output()).contains("out antiphon:out, antiphon:out-2");
            play(host);
            play(later);
            await(() -> answers(left).size() >= ANSWERS && answers(leftLater).size() >= ANSWERS);
            antiphon.stop();
            assertThat(antiphon.end().status()).isZero();
            assertThat(answers(left)).doesNotHaveDuplicates();
            assertThat(answers(leftLater)).doesNotHaveDuplicates();
        }
    }

    private static void play(PluginHost host) throws InterruptedException {
        for (String key : List.of("48", "4a", "4c", "4d", "4f")) {
            host.tell("midi 90" + key + "50");
            Thread.sleep(200);
            host.tell("midi 80" + key + "00");
        }
        host.tell("midi 904850");
    }

    /** The answers' note-ons that left, each with its frame. */
    private static List<String> answers(List<String> said) {
        return said.stream().filter(line -> line.matches("out .* 91....")).toList();
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
