package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tomlj.Toml;

class ConfigTest {
    private static final Path SHIPPED = Path.of("config/antiphon.toml");

    @TempDir
    Path folder;

    @Test
    void shouldShipExactlyTheStandardValues() {
        assertThat(read(Optional.of(SHIPPED), Map.of(), Map.of())).isEqualTo(Config.standard());
    }

    @Test
    void shouldShipTheFileThatConfigInitWrites() {
        assertThat(SHIPPED)
                .as("if the table has changed: bin/antiphon config init config/antiphon.toml --force")
                .hasContent(SettingsFile.text());
    }

    @Test
    void shouldNameEveryKeyInTheShippedFileWithACommentAbove() throws IOException {
        assertThat(Toml.parse(SHIPPED).dottedKeySet())
                .containsExactlyInAnyOrderElementsOf(
                        SettingTable.ALL.stream().map(Setting::id).toList());
        List<String> lines = Files.readAllLines(SHIPPED);
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).matches("[a-z].* = .*")) {
                assertThat(lines.get(i - 1)).as("above " + lines.get(i)).startsWith("# ");
            }
        }
    }

    @Test
    void shouldReadCoresAndRefuseWhatIsNone() {
        assertThat(flags(Map.of("live.cores", "0, 3")).live().cores()).containsExactly(0, 3);
        assertThat(flags(Map.of("live.cores", "[]")).live().cores()).isEmpty();
        assertThatThrownBy(() -> flags(Map.of("live.cores", "[-1]")))
                .hasMessage("command line: live.cores = [-1]; allowed: whole numbers from 0 to 1023, such as [0, 1].");
        assertThatThrownBy(() -> flags(Map.of("live.cores", "[0.5]"))).hasMessageContaining("allowed: a list, whole");
    }

    @Test
    void shouldGiveTheImproviserItsOwnStandardSettings() {
        assertThat(Config.standard().settings()).isEqualTo(Settings.standard(Mode.CALL));
        assertThat(flags(Map.of("play.mode", "continue")).settings()).isEqualTo(Settings.standard(Mode.CONTINUE));
        assertThat(flags(Map.of("play.mode", "harmony")).settings()).isEqualTo(Settings.standard(Mode.HARMONY));
    }

    @Test
    void shouldNameFileLineValueAndRangeOfAMistake() throws IOException {
        Path file = file("[play]", "temperature = 1", "top-p = 1.4");
        assertThatThrownBy(() -> read(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":3: play.top-p = 1.4; allowed: above 0, at most 1.");
    }

    @Test
    void shouldTellAllMistakesAtOnceInTheirOrder() throws IOException {
        Path file =
                file("[midi]", "backend = \"asio\"", "[midi.out]", "thru = 1", "channel = 17", "[play]", "seed = -1");
        assertThat(mistakes(file, Map.of("ANTIPHON_PLAY_MIN_P", "1"), Map.of("play.mode", "solo")))
                .containsExactly(
                        file
                                + ":2: midi.backend = \"asio\"; allowed: auto, jack, alsa, coremidi, javasound, rtp, lv2 or none.",
                        file + ":4: midi.out.thru = 1; allowed: true or false.",
                        file + ":5: midi.out.channel = 17; allowed: 1 to 16.",
                        file + ":7: play.seed = -1; allowed: at least 0.",
                        "environment ANTIPHON_PLAY_MIN_P: play.min-p = 1; allowed: at least 0, below 1.",
                        "command line: play.mode = solo; allowed: call, continue, harmony, listen, trade, duet or follow.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [play]; topp = 1              | play.topp: no such setting; did you mean play.top-p?
                    top-p = 1                     | top-p: no such setting; did you mean play.top-p?
                    [midi.inn]; ports = []        | midi.inn.ports: no such setting; did you mean midi.in.ports?
                    [synth]                       | synth: no such setting; every key is explained in config/antiphon.toml.
                    play = 3                      | play = 3; allowed: a section, [play].
                    [play]; top-p = 'high'        | play.top-p = "high"; allowed: a number, above 0, at most 1.
                    [play]; top-p = nan           | play.top-p = NaN; allowed: above 0, at most 1.
                    [play]; top-p.x = 1           | play.top-p = a section; allowed: a number, above 0, at most 1.
                    [play]; max-polyphony = 2.0   | play.max-polyphony = 2.0; allowed: a whole number, 1 to 16.
                    [midi.in]; ports = 'a'        | midi.in.ports = "a"; allowed: a list, texts that are not empty, such as ["Keystation"].
                    [midi.in]; ports = ['a', 2]   | midi.in.ports = ["a", 2]; allowed: a list, texts that are not empty, such as ["Keystation"].
                    [midi.in]; ports = [' ']      | midi.in.ports = [" "]; allowed: texts that are not empty, such as ["Keystation"].
                    [midi]; client = 'a:b'        | midi.client = "a:b"; allowed: 1 to 32 letters, digits, spaces, "-", "_" or ".".
                    [model]; file = ''            | model.file = ""; allowed: the path of a file.
                    """)
    void shouldSayWhatIsWrong(String toml, String message) throws IOException {
        Path file = file(toml.split("; "));
        List<String> mistakes = mistakes(file, Map.of(), Map.of());
        assertThat(mistakes)
                .singleElement()
                .asString()
                .matches(".*\\.toml:\\d+: .*")
                .endsWith(": " + message);
    }

    @Test
    void shouldSayWhereTheFileIsNoToml() throws IOException {
        Path file = file("[play]", "top-p == 1");
        assertThat(mistakes(file, Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith(file + ":2: ")
                .endsWith("; allowed: TOML 1.0.");
    }

    @Test
    void shouldSayThatTheFileIsNotThereOrNotText() throws IOException {
        Path missing = folder.resolve("missing.toml");
        assertThat(mistakes(missing, Map.of(), Map.of()))
                .containsExactly(missing
                        + ": no such file; allowed: a TOML file. Every key is explained in config/antiphon.toml.");
        Path binary = Files.write(folder.resolve("binary.toml"), new byte[] {(byte) 0xC0, (byte) 0x80});
        assertThat(mistakes(binary, Map.of(), Map.of()))
                .containsExactly(binary + ": not UTF-8 text; allowed: a TOML file in UTF-8.");
    }

    @Test
    void shouldLetFlagsOverrideEnvironmentOverrideFile() throws IOException {
        Path file = file("[play]", "top-p = 0.1", "min-p = 0.1", "temperature = 1", "seed = 7");
        Map<String, String> environment = Map.of("ANTIPHON_PLAY_TOP_P", "0.2", "ANTIPHON_PLAY_MIN_P", "0.2");
        Config.Play play = read(Optional.of(file), environment, Map.of("play.top-p", "0.3"))
                .play();
        assertThat(List.of(play.topP(), play.minP(), play.temperature(), play.seed()))
                .isEqualTo(List.of(0.3, 0.2, 1.0, 7L));
    }

    @Test
    void shouldReadListsFromPlainText() {
        Map<String, String> environment = Map.of("ANTIPHON_MIDI_IN_PORTS", "Keystation, Digital Piano");
        Config config = read(Optional.empty(), environment, Map.of("midi.out.ports", "['a, b']"));
        assertThat(config.midi().inPorts()).containsExactly("Keystation", "Digital Piano");
        assertThat(config.midi().outPorts()).containsExactly("a, b");
    }

    @Test
    void shouldOnlyWarnOfVariablesItDoesNotKnowAndSayNothingOfTheLaunchers() {
        Map<String, String> environment = new HashMap<>(Map.of("ANTIPHON_PLAY_TOPP", "1", "PATH", "/bin"));
        environment.put("ANTIPHON_JAVA_OPTS", "-Xint");
        environment.put("ANTIPHON_BUILD", "no");
        environment.put("ANTIPHON_JAVA_HOME", "/jdk");
        environment.put("ANTIPHON_PORT", "tcp://10.0.0.1:80");
        environment.put("ANTIPHON_PORT_80_TCP_PROTO", "tcp");
        environment.put("ANTIPHON_SERVICE_HOST", "10.0.0.1");
        ConfigReader.Reading reading = ConfigReader.read(Optional.empty(), environment, Map.of());
        assertThat(reading.config()).isEqualTo(Config.standard());
        assertThat(reading.warnings())
                .containsExactly(
                        "environment ANTIPHON_PLAY_TOPP: no such setting; did you mean ANTIPHON_PLAY_TOP_P?"
                                + " It is ignored.",
                        "environment ANTIPHON_PORT, ANTIPHON_PORT_80_TCP_PROTO, ANTIPHON_SERVICE_HOST: no such"
                                + " settings. They are ignored.");
    }

    @Test
    void shouldReadAFileWithAByteOrderMark() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path file = Files.write(folder.resolve(charset + ".toml"), "\uFEFF[play]\nseed = 5\n".getBytes(charset));
            assertThat(read(Optional.of(file), Map.of(), Map.of()).play().seed())
                    .isEqualTo(5);
        }
    }

    @Test
    void shouldSayInOneLineThatAFileIsNoText() throws IOException {
        for (byte[] bytes : List.of(
                new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'}, new byte[] {'a', (byte) 0xFF}, new byte[] {(byte) 0xFE})) {
            Path file = Files.write(folder.resolve("odd.toml"), bytes);
            assertThat(mistakes(file, Map.of(), Map.of()))
                    .containsExactly(file + ": not UTF-8 text; allowed: a TOML file in UTF-8.");
        }
    }

    @Test
    void shouldNeverTakeTheWorkingFolderForTheHomeOfTheUser() {
        for (String home : List.of("", "here")) {
            Map<String, String> environment = Map.of("HOME", home, "XDG_CONFIG_HOME", home);
            assertThat(SettingsFile.ofUser(environment)).isAbsolute();
        }
    }

    @Test
    void shouldFindTheUsersFileBeforeTheInstalledOne() throws IOException {
        Path home = folder.resolve("home");
        Map<String, String> environment = Map.of("HOME", folder.resolve("user").toString());
        assertThat(SettingsFile.find(home, environment)).isEmpty();
        Path installed = write(home.resolve("config/antiphon.toml"));
        assertThat(SettingsFile.find(home, environment)).contains(installed);
        Path users = write(folder.resolve("user/.config/antiphon/antiphon.toml"));
        assertThat(SettingsFile.find(home, environment)).contains(users);
        Path xdg = write(folder.resolve("xdg/antiphon/antiphon.toml"));
        assertThat(SettingsFile.find(
                        home, Map.of("XDG_CONFIG_HOME", folder.resolve("xdg").toString())))
                .contains(xdg);
    }

    @Test
    void shouldFindTheModelBelowTheInstallationFolder() {
        assertThat(Config.standard().model().path(Path.of("/opt/antiphon")))
                .isEqualTo(Path.of("/opt/antiphon/models/antiphon.safetensors"));
    }

    @Property(tries = 200)
    void shouldTakeEveryNumberInRangeAsItIs(
            @ForAll @DoubleRange(min = 0.1, max = 2) double temperature,
            @ForAll @IntRange(min = 1, max = 16) int channel) {
        Config config = flags(Map.of("play.temperature", "" + temperature, "midi.out.channel", "" + channel));
        assertThat(config.play().temperature()).isEqualTo(temperature);
        assertThat(config.midi().channel()).isEqualTo(channel);
    }

    @Property(tries = 200)
    void shouldRefuseEveryNumberOutOfRange(@ForAll double temperature) {
        Assume.that(!(temperature >= 0.1 && temperature <= 2));
        assertThatThrownBy(() -> flags(Map.of("play.temperature", "" + temperature)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("command line: play.temperature = " + temperature + "; allowed: 0.1 to 2.");
    }

    @Property(tries = 200)
    void shouldBringPortPatternsThroughWhateverTheyContain(@ForAll List<@StringLength(min = 1, max = 9) String> ports) {
        Assume.that(ports.stream().noneMatch(port -> port.isBlank() || hasLoneSurrogate(port)));
        assertThat(flags(Map.of("midi.in.ports", MidiSetting.IN_PORTS.format(ports)))
                        .midi()
                        .inPorts())
                .isEqualTo(ports);
    }

    @Test
    void shouldReadRoutesAsPeopleWriteThemAndRefuseOthersWithALine() {
        OutSetting.Of second = OutSetting.OUTS.getFirst();
        assertThat(flags(Map.of("out2.thru", "in-2:1>3, 10")).value(second.thru()))
                .containsExactly("in-2:1>3", "10");
        assertThatThrownBy(() -> flags(Map.of("out2.thru", "[\"in-2\", \"1>17\"]")))
                .hasMessage("command line: out2.thru = [\"in-2\", \"1>17\"]; allowed: channels such as \"all\","
                        + " \"1-4\", \"10>1\" (10 as 1) or \"in-2:1>3\" (of the second input).");
        assertThatThrownBy(() -> flags(Map.of("out4.offset-ms", "201")))
                .hasMessage("command line: out4.offset-ms = 201; allowed: same or 0 to 200.");
    }

    @Property(tries = 200)
    void shouldNeverFailOtherwiseThanByNamingTheMistake(@ForAll String text) {
        for (Setting<?> setting : SettingTable.ALL) {
            ConfigException mistake =
                    catchThrowableOfType(ConfigException.class, () -> flags(Map.of(setting.id(), text)));
            if (mistake != null) {
                assertThat(mistake.mistakes()).hasSize(1);
                assertThat(mistake).hasMessageContaining("command line: " + setting.id() + " = ");
            }
        }
    }

    @Test
    void shouldStartInCallMode() {
        assertThat(Config.standard().play().mode()).isEqualTo(Mode.CALL);
        assertThat(Config.standard().midi().backend()).isEqualTo(Backend.AUTO);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static Config read(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return ConfigReader.read(file, environment, flags).config();
    }

    private static Config flags(Map<String, String> flags) {
        return read(Optional.empty(), Map.of(), flags);
    }

    private static List<String> mistakes(Path file, Map<String, String> environment, Map<String, String> flags) {
        ConfigException mistake =
                catchThrowableOfType(ConfigException.class, () -> read(Optional.of(file), environment, flags));
        return mistake == null ? List.of() : mistake.mistakes();
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("antiphon.toml"), List.of(lines));
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
