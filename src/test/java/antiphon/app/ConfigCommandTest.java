package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import antiphon.config.SettingsFile;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon config}, as a process of its own. */
@Timeout(60)
class ConfigCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Program.Place place = Program.in(folder);

    @BeforeEach
    void makePlace() {
        place = Program.in(folder);
    }

    @Test
    void shouldWriteAFileThatIsRightAndNotReplaceOneUnasked() throws Exception {
        Path users = folder.resolve("config/antiphon/antiphon.toml");
        Ended init = place.runToEnd("config", "init");
        assertThat(init.output()).isEqualTo(users + ": written.");
        assertThat(init.status()).isZero();
        assertThat(users).hasContent(SettingsFile.text());
        assertThat(place.runToEnd("config", "check").output()).isEqualTo(users + ": right");

        Files.writeString(users, "# mine");
        Ended again = place.runToEnd("config", "init");
        assertThat(again.errors())
                .isEqualTo(users + ": exists already; allowed: a new file. Choose another, or add --force to replace"
                        + " it.\n");
        assertThat(again.status()).isEqualTo(1);
        assertThat(users).hasContent("# mine");
        assertThat(place.runToEnd("config", "init", "--force").status()).isZero();
        assertThat(users).hasContent(SettingsFile.text());

        Ended impossible = place.runToEnd("config", "init", users + "/below");
        assertThat(impossible.errors())
                .startsWith(users + "/below: cannot be written (")
                .hasLineCount(1);
        assertThat(impossible.status()).isEqualTo(1);
    }

    @Test
    void shouldSayEachMistakeInALine() throws Exception {
        Files.writeString(folder.resolve("wrong.toml"), "[play]\ntemperature = 9\nfoo = 1\n");
        Ended wrong = place.runToEnd("config", "check", "wrong.toml");
        assertThat(wrong.output()).isEmpty();
        assertThat(wrong.errors())
                .isEqualTo(
                        """
                        wrong.toml:2: play.temperature = 9; allowed: 0.1 to 2.
                        wrong.toml:3: play.foo: no such setting; did you mean play.mode?
                        """);
        assertThat(wrong.status()).isEqualTo(78);

        Ended environment = place.with("ANTIPHON_PLAY_SEED", "-1").runToEnd("config", "check");
        assertThat(environment.errors())
                .isEqualTo("environment ANTIPHON_PLAY_SEED: play.seed = -1; allowed: at least 0.\n");
        assertThat(environment.status()).isEqualTo(78);
    }

    @Test
    void shouldShowEverySettingWithItsValueAndWhereThatComesFrom() throws Exception {
        Files.writeString(folder.resolve("mine.toml"), "[play]\ntemperature = 0.5\nlookahead-ms = 7\n");
        place.with("ANTIPHON_PLAY_CALL_REST_MS", "900");
        Ended shown = place.runToEnd("config", "show", "-c", "mine.toml", "--mode", "harmony", "--in", "a, b");
        assertThat(shown.status()).isZero();
        assertThat(shown.errors())
                .isEqualTo("mine.toml:3: play.lookahead-ms is now play.commit-ms; please rename it.\n");
        List<String> lines = shown.output().lines().toList();
        assertThat(lines).hasSize(SettingTable.ALL.size() + 2);
        assertThat(lines.stream().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "play.temperature | 0.5 | yes | mine.toml:2",
                        "play.commit-ms | 7 ms | no | mine.toml:3",
                        "play.call.rest-ms | 900 ms | yes | environment ANTIPHON_PLAY_CALL_REST_MS",
                        "play.mode | \"harmony\" | yes | command line",
                        "midi.in.ports | [\"a, b\"] | no | command line",
                        "play.seed | 0 | yes | default");
    }

    @Test
    void shouldShowTheSameToPrograms() throws Exception {
        Files.writeString(folder.resolve("mine.toml"), "[play]\ntemperature = 0.5\n");
        Ended shown = place.runToEnd("config", "show", "-c", "mine.toml", "--json");
        List<Object> ids = new ArrayList<>();
        if (JSON.std.mapFrom(shown.output()).get("settings") instanceof List<?> settings) {
            for (Object each : settings) {
                if (each instanceof Map<?, ?> setting) {
                    ids.add(setting.get("id"));
                    if ("play.temperature".equals(setting.get("id"))) {
                        assertThat(List.of(
                                        setting.get("value"),
                                        setting.get("default"),
                                        setting.get("live"),
                                        setting.get("from")))
                                .isEqualTo(List.of(0.5, 0.95, true, "mine.toml:2"));
                    }
                }
            }
        }
        assertThat(ids).isEqualTo(SettingTable.ALL.stream().map(Setting::id).toList());
    }

    @Test
    void shouldShowTheTokenToNobodyWhoDoesNotAskForIt() throws Exception {
        assertThat(place.runToEnd("config", "show").output()).containsPattern("page\\.token +not set ");
        place.with("ANTIPHON_PAGE_TOKEN", "a-token-of-my-own");
        assertThat(place.runToEnd("config", "show").output())
                .containsPattern("page\\.token +set ")
                .doesNotContain("a-token-of-my-own");
        assertThat(place.runToEnd("config", "show", "--json").output()).doesNotContain("a-token-of-my-own");
        assertThat(place.runToEnd("config", "show", "--secrets").output()).contains("a-token-of-my-own");
        assertThat(place.runToEnd("config", "show", "--json", "--secrets").output())
                .contains("a-token-of-my-own");
    }

    @Test
    void shouldSayWhatToDoWhenNothingIsSaid() throws Exception {
        Ended bare = place.runToEnd("config");
        assertThat(bare.errors()).startsWith("config: no subcommand; allowed: check, show, init.");
        assertThat(bare.status()).isEqualTo(2);
    }
}
