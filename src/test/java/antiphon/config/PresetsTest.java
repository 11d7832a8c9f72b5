package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
    private static final Presets SHIPPED = new Presets(List.of(Path.of("config/presets")));

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name + ".toml");
        Files.write(file, List.of(lines));
        return file;
    }

    private Presets ours() {
        return new Presets(List.of(folder));
    }

    @Test
    void shouldReadEveryShippedPresetWithALineOfItsOwn() {
        Presets.Listing listing = SHIPPED.all();
        assertThat(listing.mistakes()).isEmpty();
        assertThat(listing.presets()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(listing.presets().stream().map(Preset::name).toList()).isEqualTo(SHIPPED.names());
        assertThat(listing.presets().stream().map(Preset::description))
                .doesNotHaveDuplicates()
                .allSatisfy(line -> assertThat(line).endsWith(".").hasSizeBetween(30, 200));
        assertThat(listing.presets().stream().map(Preset::values)).doesNotHaveDuplicates();
    }

    @Test
    void shouldGiveTheValuesAsPeopleTypeThem() throws IOException {
        write("mine", "description = \"Mine.\"", "[play]", "boldness = 20", "mode = \"duet\"", "density = 2");
        Preset preset = ours().named("mine");
        assertThat(preset.description()).isEqualTo("Mine.");
        assertThat(preset.texts()).isEqualTo(Map.of("play.mode", "duet", "play.boldness", "20", "play.density", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "description = \"D.\"; [play]; boldness = 101 | :3: play.boldness = 101; allowed: 0 to 100.",
                "description = \"D.\"; [play]; boldnes = 1     | :3: play.boldnes: no such setting; did you mean play.boldness?",
                "description = \"D.\"; [play]; mode = 3        | :3: play.mode = 3; allowed:",
                "description = \"D.\"; [record]; dir = \"x\"   | :3: record.dir: cannot be in a preset; allowed: settings that can",
                "description = \"D.\"; [model]; file = \"x\"   | :3: model.file: cannot be in a preset; allowed: settings that can",
                "description = 7                               | :1: description = 7; allowed: one line, at most 200 letters.",
                "[play]                                        | : description: missing; allowed: a line that says what the",
                "description =                                 | :1: ",
            })
    void shouldSayWhereAMistakeIsAndWhatIsAllowed(String lines, String message) throws IOException {
        Path file = write("wrong", lines.split("; (?=\\[|[a-z-]+ =)"));
        assertThatThrownBy(() -> ours().named("wrong"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + message);
        write("right", "description = \"Right.\"");
        assertThat(ours().all().presets().stream().map(Preset::name)).containsExactly("right");
        assertThat(ours().all().mistakes()).singleElement().asString().startsWith(file + message);
    }

    @Test
    void shouldNameThePresetsThereAreIfThereIsNone() throws IOException {
        write("ballad", "description = \"B.\"");
        assertThatThrownBy(() -> ours().named("balad"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("preset balad: no such preset; allowed: ballad.");
        assertThatThrownBy(() -> ours().named("../presets/ballad")).hasMessageContaining("no such preset");
        assertThatThrownBy(() -> PresetsByName.NONE.named("ballad"))
                .hasMessageContaining("no such preset; allowed: none");
    }

    @Test
    void shouldTakeTheUsersOwnBeforeThoseThatComeWithTheProgram() throws IOException {
        write("echo", "description = \"My echo.\"", "[play]", "boldness = 1");
        Presets both = new Presets(List.of(folder, folder.resolve("missing"), Path.of("config/presets")));
        assertThat(both.named("echo").description()).isEqualTo("My echo.");
        assertThat(both.names()).isEqualTo(SHIPPED.names());
    }

    @Test
    void shouldCountAfterFlagsAndBeforeFileAndEnvironment() throws IOException {
        write("mine", "description = \"Mine.\"", "[play]", "boldness = 20", "grid = 10", "register = 3");
        Path file = Files.writeString(
                folder.resolve("antiphon.toml.txt"),
                "[play]\nboldness = 60\nregister = 5\n[preset]\nstart = \"mine\"\n");
        ConfigReader.Reading reading = ConfigReader.read(
                Optional.of(file), Map.of("ANTIPHON_PLAY_GRID", "70"), Map.of("play.register", "7"), ours());
        assertThat(values(reading.config())).isEqualTo(List.of(20L, 10L, 7L));
        assertThat(values(reading.plain())).isEqualTo(List.of(60L, 70L, 7L));
        assertThat(reading.origin(PlaySetting.BOLDNESS)).isEqualTo("preset mine");
        assertThat(reading.origin(PlaySetting.REGISTER)).isEqualTo("command line");
    }

    private static List<Long> values(Config config) {
        return List.of(
                config.value(PlaySetting.BOLDNESS), config.value(PlaySetting.GRID), config.value(PlaySetting.REGISTER));
    }

    @Test
    void shouldSayThatThePresetToStartWithIsNone() {
        assertThatThrownBy(() -> ConfigReader.read(Optional.empty(), Map.of(), Map.of("preset.start", "loud"), SHIPPED))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("command line: preset.start = loud; allowed: ballad, ");
    }
}
