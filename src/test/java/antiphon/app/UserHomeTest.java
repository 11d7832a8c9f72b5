package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.app.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserHomeTest {
    @TempDir
    Path folder;

    @Test
    void shouldFollowTheEnvironmentBeforeTheAccount() {
        assertThat(UserHome.of(Map.of("HOME", "/there"), "/root")).contains(Path.of("/there"));
        assertThat(UserHome.of(Map.of(), "/root")).contains(Path.of("/root"));
        assertThat(UserHome.of(Map.of("HOME", ""), "/root")).contains(Path.of("/root"));
        assertThat(UserHome.of(Map.of("HOME", "here"), "?")).isEmpty();
        assertThat(UserHome.of(Map.of(), "?")).isEmpty();
    }

    @Test
    void shouldTakeTheVariableOfTheKindBeforeTheHome() {
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(), "XDG_STATE_HOME", folder.resolve("s").toString());
        assertThat(UserHome.base(environment, "XDG_STATE_HOME", "state")).isEqualTo(folder.resolve("s"));
        assertThat(UserHome.base(environment, "XDG_DATA_HOME", "data")).isEqualTo(folder.resolve("data"));
        Map<String, String> relative = Map.of("HOME", folder.toString(), "XDG_STATE_HOME", "s");
        assertThat(UserHome.base(relative, "XDG_STATE_HOME", "state")).isEqualTo(folder.resolve("state"));
    }

    @Test
    void shouldMakeATemporaryFolderThatIsOursAloneAndFindItAgain() throws IOException {
        Path made = UserHome.temporary(folder);
        assertThat(made).hasParent(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(UserHome.temporary(folder)).isEqualTo(made);
    }

    @Test
    void shouldNotTrustATemporaryFolderThatOthersMayHaveMade() throws IOException {
        Path made = UserHome.temporary(folder);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(UserHome.temporary(folder)).isNotEqualTo(made).isDirectory();
        Files.delete(made);
        Files.createSymbolicLink(made, Files.createDirectory(folder.resolve("theirs")));
        assertThat(UserHome.temporary(folder)).isNotEqualTo(made).isDirectory();
    }

    @Test
    void shouldWriteNothingIntoTheWorkingFolderAndSayWhereInsteadWhenTheHomeCannotBeWrittenTo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path working = Files.createDirectory(folder.resolve("working"));
        Ended ended = Program.in(working)
                .with("HOME", file.toString())
                .with("XDG_STATE_HOME", "state")
                .with("XDG_CONFIG_HOME", "")
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder)
                .runToEnd("run", "--backend", "none", "--until-ready");
        assertThat(ended.status()).isZero();
        assertThat(ended.errors())
                .contains(file + "/.local/state: may not be written to; needed: a folder", "Set HOME.");
        try (Stream<Path> left = Files.list(working)) {
            // Where Program keeps what was said.
            assertThat(left.map(path -> path.getFileName().toString().substring(0, 6)))
                    .isEqualTo(List.of("errors"));
        }
    }

    /** To root it seems writable. */
    @Test
    void shouldNotTakeAHomeInWhichNothingCanBeMade() {
        Map<String, String> environment = Map.of("HOME", "/proc/nowhere");
        Path taken = UserHome.base(environment, "XDG_STATE_HOME", "state");
        assertThat(taken.getFileName().toString()).startsWith("antiphon-");
    }
}
