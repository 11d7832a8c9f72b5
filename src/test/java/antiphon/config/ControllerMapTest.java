package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.config.ControllerMap.Binding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerMapTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldBindEachSettingToOneControllerAndEachControllerToOneSetting() {
        ControllerMap map = ControllerMap.empty()
                .with(new Binding(PlaySetting.GRID, 1, 21))
                .with(new Binding(PlaySetting.BOLDNESS, 1, 22))
                .with(new Binding(PlaySetting.GRID, 1, 22));
        assertThat(map.bindings()).containsExactly(new Binding(PlaySetting.GRID, 1, 22));
        assertThat(map.moved(1, 22)).contains(PlaySetting.GRID);
        assertThat(map.moved(2, 22)).isEmpty();
        assertThat(map.without(PlaySetting.GRID)).isEqualTo(ControllerMap.empty());
    }

    @Test
    void shouldReadBackWhatItWrites() throws IOException {
        Path file = folder.resolve("new/controllers.toml");
        assertThat(ControllerMap.read(file)).isEqualTo(ControllerMap.empty());
        ControllerMap map = ControllerMap.empty()
                .with(new Binding(PlaySetting.CALL_REST, 16, 119))
                .with(new Binding(PlaySetting.MODE, 1, 1));
        map.write(file);
        assertThat(ControllerMap.read(file)).isEqualTo(map);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"play.grid\" = [0, 21]",
                "\"play.grid\" = [1, 64]",
                "\"play.grid\" = [1, 120]",
                "\"play.grid\" = [1, 4294967317]",
                "\"play.grid\" = [1]",
                "\"play.grid\" = 21",
                "\"play.grid\" = [\"1\", \"2\"]",
                "\"model.file\" = [1, 21]",
                "\"no.such\" = [1, 21]",
                "[play]\ngrid = [1, 21]",
                "not toml",
            })
    void shouldSayInOneLineWhatIsWrongInTheFile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("controllers.toml"), text);
        assertThatThrownBy(() -> ControllerMap.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("allowed: ")
                .hasMessageNotContaining("\n");
    }
}
