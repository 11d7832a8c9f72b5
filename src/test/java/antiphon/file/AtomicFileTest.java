package antiphon.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReplaceAFileAndLeaveNothingElse() throws IOException {
        Path path = folder.resolve("old.mid");
        Files.writeString(path, "old");

        AtomicFile.write(path, temporary -> {
            assertThat(path).hasContent("old");
            Files.writeString(temporary, "new");
        });
        assertThat(path).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldKeepTheOldFileWhenWritingFails() throws IOException {
        Path path = folder.resolve("old.mid");
        Files.writeString(path, "old");

        assertThatThrownBy(() -> AtomicFile.write(path, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new UncheckedIOException(new IOException("disk full"));
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(path).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldNotReplaceAFolder() {
        assertThatThrownBy(() -> AtomicFile.write(folder, temporary -> Files.writeString(temporary, "x")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageEndingWith(": no ordinary file; a new name or one to replace needed. Choose another.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldSayInOneLineWhyAFileCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path lost = folder.resolve("none").resolve("x");

        assertThat(AtomicFile.why(folder, new IOException("any")))
                .isEqualTo(folder + ": no ordinary file; a new name or one to replace needed. Choose another.");
        assertThat(AtomicFile.why(lost, new NoSuchFileException(lost.toString())))
                .isEqualTo(lost + ": no such folder. Create it first, or write elsewhere.");
        assertThat(AtomicFile.why(file, new NoSuchFileException("input")))
                .isEqualTo(file + ": cannot be written (no such file: input). Check permissions and room, or"
                        + " write elsewhere.");
        assertThat(AtomicFile.why(file, new IOException("No space left on device")))
                .isEqualTo(file + ": cannot be written (No space left on device). Check permissions and room, or"
                        + " write elsewhere.");
    }

    @Test
    void shouldWriteWhatALinkPointsTo() throws IOException {
        Path real = folder.resolve("real.txt");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));
        AtomicFile.write(link, temporary -> Files.writeString(temporary, "new"));
        AtomicFile.write(link, temporary -> Files.writeString(temporary, "newer"));

        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("newer");
        Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
        assertThatThrownBy(() -> AtomicFile.write(round, temporary -> Files.writeString(temporary, "x")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldRemoveWhatAKilledProcessLeftAndNothingElse() throws IOException {
        long alive = ProcessHandle.current().parent().orElseThrow().pid();
        Path left = Files.createFile(folder.resolve("a.txt.999999999.part"));
        Path others = Files.createFile(folder.resolve("a.txt." + alive + ".part"));
        Path elsewhere = Files.createFile(folder.resolve("b.txt.999999999.part"));
        AtomicFile.write(folder.resolve("a.txt"), temporary -> Files.writeString(temporary, "x"));

        assertThat(left).doesNotExist();
        assertThat(others).exists();
        assertThat(elsewhere).exists();
        assertThat(AtomicFile.writtenElsewhere(folder.resolve("a.txt")))
                .contains(new AtomicFile.Draft(others.toAbsolutePath(), alive));
        assertThat(AtomicFile.writtenElsewhere(folder.resolve("b.txt"))).isEmpty();
    }
}
