package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.improv.Memory;
import antiphon.improv.Settings;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

class SettingTest {
    /** What can change while playing. */
    private static final List<String> LIVE = List.of(
            "play.mode",
            "play.enter",
            "play.beats-per-bar",
            "play.trade-bars",
            "play.swing",
            "play.division",
            "play.tap-note",
            "play.tap-cc",
            "play.temperature",
            "play.time-temperature",
            "play.top-p",
            "play.min-p",
            "play.seed",
            "play.max-polyphony",
            "play.max-note-ms",
            "play.boldness",
            "play.harmony-place",
            "play.harmony-level",
            "play.harmony-voices",
            "play.split",
            "play.scale",
            "play.key-lock",
            "play.key-bias",
            "play.lowest",
            "play.highest",
            "play.memory",
            "play.density",
            "play.register",
            "play.level",
            "part2.mode",
            "part2.channel",
            "part2.register",
            "part2.level",
            "part3.mode",
            "part3.channel",
            "part3.register",
            "part3.level",
            "part4.mode",
            "part4.channel",
            "part4.register",
            "part4.level",
            "play.grid",
            "play.mute",
            "play.call.rest-ms",
            "play.call.max-answer-seconds",
            "play.call.length",
            "play.continue.rest-ms",
            "play.continue.max-seconds",
            "midi.out.channel",
            "midi.out.thru",
            "midi.out.clock",
            "midi.out.offset-ms",
            "midi.in.channel",
            "midi.in.hear-drums",
            "plan.candidates",
            "model.file");

    @Test
    void shouldFindEverySettingByItsId() {
        assertThat(SettingTable.ALL).isNotEmpty().allSatisfy(setting -> assertThat(SettingTable.byId(setting.id()))
                .contains(setting));
        assertThat(SettingTable.byId("play.nothing")).isEmpty();
        assertThat(SettingTable.byId("play.lookahead-ms")).isEmpty();
    }

    @Test
    void shouldGiveEverySettingAVariableOfItsOwn() {
        Set<String> variables = new HashSet<>();
        assertThat(SettingTable.ALL).allSatisfy(setting -> assertThat(variables.add(setting.variable()))
                .isTrue());
        assertThat(SettingTable.FORMER.keySet()).allSatisfy(id -> assertThat(variables.add(Setting.variable(id)))
                .isTrue());
    }

    @Test
    void shouldSayWhatEachSettingDoesInSentences() {
        assertThat(SettingTable.ALL)
                .allSatisfy(setting -> assertThat(setting.help()).endsWith("."));
    }

    @Test
    void shouldChangeWhilePlayingWhatTheLivePathCanTakeUp() {
        assertThat(SettingTable.ALL.stream().filter(Setting::live).map(Setting::id))
                .containsExactlyInAnyOrderElementsOf(LIVE);
    }

    @Test
    void shouldLeaveTheMusicAsItIsByDefault() {
        Config.Play play = Config.standard().play();
        assertThat(List.of(play.density(), play.register(), play.mute())).isEqualTo(List.of(1.0, 0, false));
        assertThat(Config.standard().recordFolder()).isEmpty();
    }

    @Test
    void shouldReadBackEveryStandardValueAsPlainTextAndAsToml() {
        SettingTable.ALL.forEach(SettingTest::assertReadBack);
    }

    private static <T> void assertReadBack(Setting<T> setting) {
        assertReadBack(setting, setting.standard());
    }

    private static <T> void assertReadBack(Setting<T> setting, T value) {
        assertThat(setting.parse(setting.format(value))).isEqualTo(value);
        Object toml = Toml.parse("x = " + setting.type().toToml(value)).get("x");
        assertThat(toml).isNotNull();
        if (toml != null) {
            assertThat(setting.type().fromToml(toml)).isEqualTo(value);
        }
    }

    @Property(tries = 200)
    void shouldReadBackEveryAllowedValue(
            @ForAll @DoubleRange(min = 0.25, max = 4) double density,
            @ForAll @IntRange(min = -24, max = 24) int register,
            @ForAll String folder) {
        assertReadBack(PlaySetting.DENSITY, density);
        assertReadBack(PlaySetting.REGISTER, (long) register);
        Assume.that(RunSetting.RECORD_FOLDER.type().allows(folder)
                && folder.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        assertReadBack(RunSetting.RECORD_FOLDER, folder);
    }

    @Test
    void shouldSayInOneLineWhatIsAllowed() {
        assertThatThrownBy(() -> PlaySetting.DENSITY.parse("5"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("play.density = 5; allowed: 0.25 to 4.");
        assertThatThrownBy(() -> PlaySetting.REGISTER.parse("high"))
                .hasMessage("play.register = high; allowed: a whole number, -24 to 24.");
        assertThat(PlaySetting.REGISTER.allowed()).isEqualTo("-24 to 24 semitones");
    }

    @Test
    void shouldCheckAChangedConfiguration() {
        Config changed = Config.standard().with(PlaySetting.TEMPERATURE, 0.5);
        assertThat(changed.value(PlaySetting.TEMPERATURE)).isEqualTo(0.5);
        assertThat(changed.play().temperature()).isEqualTo(0.5);
        assertThat(changed.value(PlaySetting.TOP_P)).isEqualTo(0.95);
        assertThat(Config.of(changed.values())).isEqualTo(changed);
        assertThatThrownBy(() -> Config.of(Map.of(PlaySetting.TEMPERATURE, 9.0, MidiSetting.CHANNEL, 17L)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("midi.out.channel = 17; allowed: 1 to 16.\nplay.temperature = 9; allowed: 0.1 to 2.");
    }

    /** A file or a journal of before there was a third value. */
    @Test
    void shouldStillReadTheMemoryAsTrueOrFalse() {
        assertThat(PlaySetting.MEMORY.parse("true")).isEqualTo(Memory.SESSION);
        assertThat(PlaySetting.MEMORY.parse("false")).isEqualTo(Memory.OFF);
        assertThat(PlaySetting.MEMORY.type().fromToml(true)).isEqualTo(Memory.SESSION);
        assertThat(PlaySetting.MEMORY.type().fromToml(false)).isEqualTo(Memory.OFF);
        for (Memory memory : Memory.values()) {
            assertReadBack(PlaySetting.MEMORY, memory);
        }
        assertThatThrownBy(() -> PlaySetting.MEMORY.parse("yes"))
                .hasMessage("play.memory = yes; allowed: off, session or kept.");
        Settings settings =
                Config.standard().with(PlaySetting.MEMORY, Memory.KEPT).settings();
        assertThat(settings.memory() && settings.steer().keepsMemory()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1", "0.0.0.0", "::1", "::", "fd00::2", "2001:db8:0:0:0:0:0:1", "1:2::7:8"})
    void shouldTakeAddressesOfBothKinds(String address) {
        assertThat(RunSetting.PAGE_ADDRESS.parse(address)).isEqualTo(address);
        InetAddress.ofLiteral(address.equals("localhost") ? "127.0.0.1" : address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "1.2.3",
                "256.1.1.1",
                ":::",
                "1::2::3",
                ":1",
                "1:",
                "1:2:3",
                "[::1]",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7:8:9",
                "::12345",
                "g::1"
            })
    void shouldTakeNothingElseForAnAddress(String text) {
        assertThatThrownBy(() -> RunSetting.PAGE_ADDRESS.parse(text)).isInstanceOf(RuntimeException.class);
    }
}
