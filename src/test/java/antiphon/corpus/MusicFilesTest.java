package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MusicFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void shouldFindWhatAWalkFindsInTheOrderOfWholePaths() throws IOException {
        for (String name : List.of(
                "a/c.mid",
                "a-b/c.mid",
                "a.mid",
                "a/b/0.MIDI",
                "a/b.csv",
                "a0/x.kar",
                "0/0",
                "0.mid/1.rmi",
                "é/ü.mid",
                "a/readme.txt",
                "b.mid/0.mid")) {
            make(name);
        }
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("link.mid"), folder.resolve("a.mid"));
        Files.createDirectories(folder.resolve("empty/deep"));

        MusicFiles found = MusicFiles.find(List.of(folder));

        try (Stream<Path> walk = Files.walk(folder)) {
            assertThat(found)
                    .extracting(SourceFile::path)
                    .containsExactlyElementsOf(walk.filter(Files::isRegularFile)
                            .filter(SourceFile::isMusic)
                            .sorted()
                            .toList())
                    .hasSize(10);
        }
        assertThat(found).extracting(SourceFile::name).contains("a-b/c", "a/b/0", "é/ü", "link", "0.mid/1");
    }

    @Test
    void shouldKeepTheOrderOfThePathsGiven() throws IOException {
        Path single = make("z/single.mid");
        Path other = make("b/other.txt");
        make("a/c.mid");

        MusicFiles found = MusicFiles.find(List.of(single, folder.resolve("a"), other));

        assertThat(found)
                .containsExactly(
                        new SourceFile(single, "single"),
                        new SourceFile(folder.resolve("a/c.mid"), "c"),
                        new SourceFile(other, "other"));
        assertThatThrownBy(() -> MusicFiles.find(List.of(folder.resolve("gone"))))
                .isInstanceOf(CorpusException.class)
                .hasMessage(folder.resolve("gone") + ": no such file or folder; MIDI files, a folder of them, or a CSV"
                        + " of notes needed. Check the name.");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFindAFileWhoseNameIsNoText() throws IOException {
        Path latin1 = Path.of(URI.create(folder.toUri() + "caf%E9.mid"));
        Files.createFile(latin1);
        Path after = make("d.mid");

        MusicFiles found = MusicFiles.find(List.of(folder));

        assertThat(found).extracting(SourceFile::path).containsExactly(latin1, after);
        assertThat(Files.exists(found.getFirst().path())).isTrue();
    }

    private Path make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.createFile(file);
    }
}
