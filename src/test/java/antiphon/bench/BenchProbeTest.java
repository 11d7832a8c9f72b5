package antiphon.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchProbeTest {
    @TempDir
    Path folder;

    @Test
    void shouldSayInOneLineThatTheSourceIsNotThere() {
        Path source = folder.resolve("src/bench/probe.c");
        assertThatThrownBy(() -> BenchProbe.compile(source, folder))
                .isInstanceOf(BenchException.class)
                .hasMessage("bench: " + source + ": no such file; the source of the measuring client needed. Start"
                        + " bench from a checkout of Antiphon.");
    }
}
