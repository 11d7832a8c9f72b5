package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code antiphon doctor}, as a process of its own. */
@Timeout(120)
class DoctorCommandTest {
    private static final String SECRET = "a-token-that-nobody-must-see";

    @TempDir
    private Path folder = Path.of("");

    private Program.Place place = Program.in(folder);

    @BeforeEach
    void makePlace() {
        place = Program.in(folder);
    }

    private Path settings(String... lines) throws Exception {
        Path file = folder.resolve("config/antiphon/antiphon.toml");
        Files.createDirectories(folder.resolve("config/antiphon"));
        return Files.write(file, List.of(lines));
    }

    @Test
    void shouldFindNothingWrongWithWhatIsShipped() throws Exception {
        Ended ended = place.runToEnd("doctor", "--backend", "none");
        assertThat(ended.status()).isZero();
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output())
                .contains("Java " + Runtime.version())
                .containsPattern("ok +model +.*antiphon.safetensors, \\d layers of \\d+, sha256 [0-9a-f]{12}")
                .containsPattern("advice +midi +none, no ports of others. Plug in a keyboard")
                .containsPattern("ok +takes ")
                .contains("no antiphon runs as")
                .contains("0 faults, ");
    }

    @Test
    void shouldSayAllThatIsWrongAndFail() throws Exception {
        Path file = settings("[play]", "top-p = 1.4", "[midi.out]", "channel = 17");
        Ended ended = place.runToEnd("doctor", "--backend", "none");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output())
                .contains("fault   settings   ")
                .contains(":2: play.top-p = 1.4; allowed: above 0, at most 1.")
                .contains(":4: midi.out.channel = 17; allowed: 1 to 16.")
                .contains("2 faults, ");
        Files.write(
                file,
                List.of("[model]", "file = \"" + Files.writeString(folder.resolve("no.safetensors"), "x") + "\""));
        Ended noModel = place.runToEnd("doctor", "--backend", "none");
        assertThat(noModel.status()).isEqualTo(1);
        assertThat(noModel.output())
                .containsPattern("fault +model +.*no.safetensors: ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldNameAPortThatIsWishedForAndNotThere() throws Exception {
        settings("[midi.in]", "ports = [\"Keystation\"]");
        assertThat(place.runToEnd("doctor", "--backend", "none").output())
                .containsPattern("advice +midi +midi.in \"Keystation\": ");
    }

    @Test
    void shouldShowNoSecretAndNotWhereTheHomeIs() throws Exception {
        settings("[page]", "token = \"" + SECRET + "\"");
        Ended ended = place.with("HOME", folder.toString()).runToEnd("doctor", "--backend", "none", "--json");
        assertThat(ended.output())
                .doesNotContain(SECRET, folder.toString())
                .contains("~/config/antiphon/antiphon.toml", "~/.local/share/antiphon/takes");
        Map<String, Object> json = JSON.std.mapFrom(ended.output());
        assertThat((List<?>) json.get("findings")).hasSizeGreaterThan(5);
    }

    @Test
    void shouldSumUpInTheLastLine() {
        Checkup.Finding good = new Checkup.Finding(Checkup.Level.OK, "disk", "room");
        Checkup.Finding fault = new Checkup.Finding(Checkup.Level.FAULT, "midi", "none");
        Checkup.Finding advice = new Checkup.Finding(Checkup.Level.ADVICE, "real-time", "refused");
        assertThat(Checkup.lines(List.of(good))).containsExactly("ok      disk       room", "All is well.");
        assertThat(Checkup.lines(List.of(good, fault, advice)))
                .last()
                .isEqualTo("1 fault, 1 thing that could be better.");
        assertThat(Checkup.lines(List.of(advice, advice))).last().isEqualTo("0 faults, 2 things that could be better.");
    }
}
