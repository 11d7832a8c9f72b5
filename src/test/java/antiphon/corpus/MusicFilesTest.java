package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MusicFilesTest {
    private final List<String> told = new ArrayList<>();

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

        MusicFiles found = MusicFiles.find(List.of(folder), told::add);

        try (Stream<Path> walk = Files.walk(folder)) {
            assertThat(found)
                    .extracting(SourceFile::path)
                    .containsExactlyElementsOf(walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .filter(Endings::isMusic)
                            .sorted()
                            .toList())
                    .hasSize(9);
        }
        assertThat(found).extracting(SourceFile::name).contains("a-b/c", "a/b/0", "é/ü", "0.mid/1");
    }

    @Test
    void shouldKeepTheOrderOfThePathsGiven() throws IOException {
        Path single = make("z/single.mid");
        Path other = make("b/other.txt");
        make("a/c.mid");

        MusicFiles found = MusicFiles.find(List.of(single, folder.resolve("a"), other), told::add);

        assertThat(found)
                .containsExactly(
                        new SourceFile(single, "single"),
                        new SourceFile(folder.resolve("a/c.mid"), "c"),
                        new SourceFile(other, "other"));
        assertThatThrownBy(() -> MusicFiles.find(List.of(folder.resolve("gone")), told::add))
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

        MusicFiles found = MusicFiles.find(List.of(folder), told::add);

        assertThat(found).extracting(SourceFile::path).containsExactly(latin1, after);
        assertThat(Files.exists(found.getFirst().path())).isTrue();
    }

    @Test
    void shouldFollowLinksOnceAndOnlyOutOfTheFolder() throws IOException {
        Path outside = folder.resolve("outside");
        make("set/a.mid");
        Files.createDirectories(outside.resolve("x/deep"));
        Files.createFile(outside.resolve("x/b.mid"));
        Files.createFile(outside.resolve("x/deep/c.mid"));
        Files.createFile(outside.resolve("single.mid"));
        link("set/1-deep", outside.resolve("x/deep"));
        link("set/2-x", outside.resolve("x"));
        link("set/3-x", outside.resolve("x"));
        link("set/4.mid", outside.resolve("single.mid"));
        link("set/5.mid", outside.resolve("single.mid"));
        link("set/6", folder.resolve("set"));
        link("set/7", folder);
        link("set/7-set", folder.resolve("set/1-deep"));
        link("set/8.mid", folder.resolve("set/a.mid"));
        link("set/9.mid", folder.resolve("gone"));
        Files.createSymbolicLink(outside.resolve("x/back"), folder.resolve("set"));
        Files.createSymbolicLink(outside.resolve("x/round"), outside.resolve("x"));
        link("root", folder.resolve("set"));

        for (String root : List.of("set", "root")) {
            told.clear();
            assertThat(MusicFiles.find(List.of(folder.resolve(root)), told::add))
                    .extracting(SourceFile::name)
                    .containsExactly("1-deep/c", "2-x/b", "4", "a");
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith(folder.resolve(root) + "/9.mid: cannot be read (no such file: ")
                    .endsWith(". Skipped.");
        }
    }

    private void link(String name, Path to) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), to);
    }

    private Path make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.createFile(file);
    }
}
