package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.config.Config;
import antiphon.dashboard.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTokenTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldDrawATokenOnceForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("state/page-token");
        String token = PageToken.kept(file);
        assertThat(token).matches("[a-km-np-z2-9]{16}");
        assertThat(PageToken.kept(file)).as("a bookmark lasts").isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PageToken.kept(folder.resolve("other"))).isNotEqualTo(token);
        try (var files = Files.list(file.toAbsolutePath().resolveSibling(""))) {
            assertThat(files).containsExactly(file.toAbsolutePath());
        }
    }

    @Test
    void shouldDrawAnotherIfSomebodyCouldReadOrChangeIt() throws Exception {
        Path file = folder.resolve("page-token");
        String token = PageToken.kept(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        String next = PageToken.kept(file);
        assertThat(next).isNotEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "short\n");
        assertThat(PageToken.kept(file)).hasSize(16);
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, file);
        assertThat(PageToken.kept(link)).isNotEqualTo(Files.readString(file).strip());
    }

    @Test
    void shouldSayWhereItCannotBeKept() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> PageToken.kept(file.resolve("page-token")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("page-token: cannot be written")
                .hasMessageContaining("page.token");
    }

    @Test
    void shouldTakeTheTokenThatIsSetAndNoneOnThisMachine() {
        String token = "a-token-of-my-own";
        assertThat(PageToken.place(new Config.Page("0.0.0.0", 1, token, false)))
                .isEqualTo(new Place("0.0.0.0", 1, token));
        assertThat(PageToken.place(new Config.Page("localhost", 1, "", false)))
                .isEqualTo(new Place("localhost", 1, ""));
    }
}
