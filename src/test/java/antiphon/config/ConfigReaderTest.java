package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.config.ConfigReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, and names that settings had before; {@link ConfigTest} has values and mistakes. */
class ConfigReaderTest {
    private static final String RENAME = ": play.lookahead-ms is now play.commit-ms; please rename it.";

    @TempDir
    Path folder;

    @Test
    void shouldSayWhereEachValueComesFrom() throws IOException {
        Path file = file("[play]", "seed = 3", "top-p = 0.5", "min-p = 0.1");
        Map<String, String> environment = Map.of("ANTIPHON_PLAY_TOP_P", "0.6", "ANTIPHON_PLAY_MIN_P", "0.2");
        Reading reading = ConfigReader.read(Optional.of(file), environment, Map.of("play.min-p", "0.3"));
        assertThat(reading.origin(PlaySetting.SEED)).isEqualTo(file + ":2");
        assertThat(reading.origin(PlaySetting.TOP_P)).isEqualTo("environment ANTIPHON_PLAY_TOP_P");
        assertThat(reading.origin(PlaySetting.MIN_P)).isEqualTo("command line");
        assertThat(reading.origin(PlaySetting.MODE)).isEqualTo("default");
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void shouldTakeTheFormerNameAndSayWhatItIsNow() throws IOException {
        Path file = file("[play]", "lookahead-ms = 7");
        Reading reading = ConfigReader.read(Optional.of(file), Map.of(), Map.of());
        assertThat(reading.config().play().commitMillis()).isEqualTo(7);
        assertThat(reading.origin(PlaySetting.COMMIT)).isEqualTo(file + ":2");
        assertThat(reading.warnings()).containsExactly(file + ":2" + RENAME);

        reading = ConfigReader.read(Optional.empty(), Map.of("ANTIPHON_PLAY_LOOKAHEAD_MS", "8"), Map.of());
        assertThat(reading.config().play().commitMillis()).isEqualTo(8);
        assertThat(reading.warnings()).containsExactly("environment ANTIPHON_PLAY_LOOKAHEAD_MS" + RENAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lookahead-ms = 7; commit-ms = 9", "commit-ms = 9; lookahead-ms = 7"})
    void shouldPreferTheNewNameWhereBothAreGiven(String lines) throws IOException {
        Path file = file(("[play]; " + lines).split("; ", -1));
        Reading reading = ConfigReader.read(Optional.of(file), Map.of(), Map.of());
        assertThat(reading.config().value(PlaySetting.COMMIT)).isEqualTo(9);
        assertThat(reading.warnings()).hasSize(1);

        Map<String, String> both = Map.of("ANTIPHON_PLAY_LOOKAHEAD_MS", "7", "ANTIPHON_PLAY_COMMIT_MS", "9");
        reading = ConfigReader.read(Optional.empty(), both, Map.of());
        assertThat(reading.config().value(PlaySetting.COMMIT)).isEqualTo(9);
        assertThat(reading.warnings()).hasSize(1);
    }

    @Test
    void shouldLetTheFormerVariableOverrideTheFile() throws IOException {
        Path file = file("[play]", "commit-ms = 9");
        Reading reading = ConfigReader.read(Optional.of(file), Map.of("ANTIPHON_PLAY_LOOKAHEAD_MS", "7"), Map.of());
        assertThat(reading.config().value(PlaySetting.COMMIT)).isEqualTo(7);
    }

    @Test
    void shouldNameTheMistakeAsItIsWritten() throws IOException {
        Path file = file("[play]", "lookahead-ms = 500");
        assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":2: play.lookahead-ms = 500; allowed: 1 to 100.");
    }

    @Test
    void shouldRefuseInOneLineWhatIsTooLongOrHasNoEnd() throws IOException {
        for (Path file : List.of(file("#" + "x".repeat(200_000)), Path.of("/dev/zero"))) {
            assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(file + ": more than 100 KiB; allowed: a TOML file of settings. Check the name.");
        }
    }

    @Test
    void shouldNameTheFirstMistakesOfVeryMany() throws IOException {
        Path file = file("x\n".repeat(20_000));
        assertThatThrownBy(() -> ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOfSatisfying(ConfigException.class, wrong -> {
                    assertThat(wrong.mistakes()).hasSize(21).first().asString().startsWith(file + ":1: ");
                    assertThat(wrong.mistakes()).last().asString().endsWith(" more mistakes. Mend these first.");
                });
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("antiphon.toml"), List.of(lines));
    }
}
