package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JackLibraryTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindPipeWiresLibraryWhereSystemsKeepIt() throws IOException {
        assertThat(JackLibrary.ofPipeWire(folder)).isEmpty();
        for (String where : new String[] {"lib64", "lib/x86_64-linux-gnu", "lib/other"}) {
            Files.createDirectories(folder.resolve(where).resolve("pipewire-0.3/jack"));
        }
        assertThat(JackLibrary.ofPipeWire(folder)).isEmpty();
        for (String where : new String[] {"lib64", "lib/x86_64-linux-gnu"}) {
            Files.writeString(folder.resolve(where).resolve("pipewire-0.3/jack/libjack.so.0"), "");
        }
        assertThat(JackLibrary.ofPipeWire(folder))
                .containsExactlyInAnyOrder(
                        folder.resolve("lib64/pipewire-0.3/jack/libjack.so.0").toString(),
                        folder.resolve("lib/x86_64-linux-gnu/pipewire-0.3/jack/libjack.so.0")
                                .toString());
    }

    @Test
    void shouldKnowARunningPipeWireByItsSocket() throws IOException {
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", folder.toString());
        assertThat(JackLibrary.isPipeWireRunning(environment)).isFalse();
        assertThat(JackLibrary.isPipeWireRunning(Map.of())).isFalse();
        Files.writeString(folder.resolve("pipewire-0"), "");
        assertThat(JackLibrary.isPipeWireRunning(environment)).isTrue();
    }
}
