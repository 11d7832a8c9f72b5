package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class GuardTest {
    @TempDir
    Path folder;

    /** Writes down how it was started, then waits for the end of its input, as the guard does. */
    private Path program() throws Exception {
        Path program = Files.writeString(
                folder.resolve("a program"),
                """
                #!/bin/sh
                echo "$@ $ANTIPHON_BUILD" >"$0.part"
                mv "$0.part" "$0.begun"
                while read -r line; do :; done
                : >"$0.ended"
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    @Test
    void shouldWaitBesideUsAndGoWhenItIsNeededNoMore() throws Exception {
        Guard guard = Guard.start(program(), "jack");
        Path begun = folder.resolve("a program.begun");
        while (!Files.exists(begun)) {
            Thread.onSpinWait();
        }
        assertThat(begun).hasContent("release --guard jack no");
        assertThat(guard.isAlive()).as("our end is still open").isTrue();
        guard.close();
        assertThat(guard.isAlive()).isFalse();
        assertThat(folder.resolve("a program.ended")).doesNotExist();
    }

    @Test
    void shouldSayWhatIsMissing() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Guard.start(none, "jack"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--guard: ")
                .hasMessageContaining(none + " needed.");
    }
}
