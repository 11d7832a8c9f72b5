package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.file.MidiFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of music, sound ones and those made to harm. */
class ArchiveTest {
    private final List<String> notices = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private byte[] song = new byte[0];

    @BeforeEach
    void makeSong() throws IOException {
        Files.createDirectories(folder.resolve("set/deep"));
        song = song(1);
    }

    @Test
    void shouldReadZipsAndPackedFilesInFoldersAndAlone() throws IOException {
        zip("set/a.zip", "inner/x.mid", song, "inner/readme.txt", new byte[9]);
        zip("set/deep/b.ZIP", "y.mid", song(2), "z.mid.gz", gz(song(3)));
        Files.write(folder.resolve("set/deep/c.mid.gz"), gz(song(4)));
        Files.write(folder.resolve("set/deep/other.log.gz"), gz(song(4)));

        assertThat(imported("set")).containsExactly("deep/b/y", "deep/b/z", "deep/c", "x");
        assertThat(imported("set/a.zip")).containsExactly("x");
        assertThat(imported("set/deep/c.mid.gz")).containsExactly("c");
        assertThat(Corpus.load(List.of(folder.resolve("set")), notices::add).pieces())
                .extracting(Piece::name)
                .containsExactly("a/x", "deep/b/y", "deep/b/z", "deep/c");
        assertThat(notices).isEmpty();
        assertThat(leftFolders()).isZero();
    }

    @Test
    void shouldTellOfABombInOneLineAndReadTheOthers() throws IOException {
        zip("set/a.zip", "x.mid", song);
        zip("set/bomb.zip", "big.mid", new byte[80 << 20]);
        byte[] nested = song(2);
        for (int i = 0; i < 6; i++) {
            nested = zipped("in.zip", nested, i + ".mid", song(10 + i));
        }
        Files.write(folder.resolve("set/nested.zip"), nested);
        byte[] many = zipped("bomb1.mid", new byte[40 << 20], "bomb2.mid", new byte[40 << 20]);
        zip("set/inside.zip", "1.zip", many, "2.zip", many, "3.zip", many);
        Files.write(folder.resolve("set/bomb.mid.gz"), gz(new byte[80 << 20]));

        assertThat(imported("set")).contains("x");
        assertThat(notices).hasSize(4).allMatch(line -> !line.contains("\n"));
        assertThat(notices.get(0)).contains("bomb.mid.gz: cannot be unpacked (it unpacks to more than 64 MiB)");
        assertThat(notices.get(1)).contains("bomb.zip: cannot be unpacked (it unpacks to more than 64 MiB)");
        assertThat(notices.get(2)).contains("inside.zip: it unpacks to more than 64 MiB");
        assertThat(notices.get(3)).contains("nested.zip: more than 3 archives one in another");
        assertThat(leftFolders()).isZero();
    }

    @Test
    void shouldSkipDamagedArchivesAndNamesThatPointOutside() throws IOException {
        zip("set/a.zip", "x.mid", song);
        zip("set/b.zip", "../../escaped.mid", song);
        Files.write(folder.resolve("set/c.zip"), new byte[] {'P', 'K', 3, 4, 9, 9});
        Files.write(folder.resolve("set/d.mid.gz"), new byte[] {31, -117, 8, 0, 1});
        byte[] cut = zipped("x.mid", song(3));
        Files.write(folder.resolve("set/e.zip"), java.util.Arrays.copyOf(cut, cut.length / 2));
        zip("set/f.zip", "bad.mid", new byte[] {1, 2, 3}, "y.mid", song(4));

        assertThat(imported("set")).containsExactly("x", "y");
        assertThat(notices).hasSize(5).allMatch(line -> line.contains("Skipped") && !line.contains("\n"));
        assertThat(notices.getLast()).startsWith(folder.resolve("set/f.zip") + "/bad.mid: does not begin with MThd");
        assertThat(folder.resolve("escaped.mid")).doesNotExist();
    }

    private List<String> imported(String source) {
        Path csv = folder.resolve("notes.csv");
        notices.clear();
        MidiImport.run(List.of(folder.resolve(source)), csv, Set.of(), true, notices::add);
        return NotesCsv.read(csv).stream().map(Piece::name).sorted().toList();
    }

    private static long leftFolders() throws IOException {
        String ours = Archive.PREFIX + "-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(each -> each.getFileName().toString().startsWith(ours))
                    .count();
        }
    }

    private byte[] song(int seed) throws IOException {
        Path file = folder.resolve("song.mid");
        MidiFileWriter.write(file, TestPieces.random(seed, 40));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    private void zip(String name, Object... namesAndContents) throws IOException {
        Files.write(folder.resolve(name), zipped(namesAndContents));
    }

    private static byte[] zipped(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                zip.write((byte[]) namesAndContents[i + 1]);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gz(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(content);
        }
        return bytes.toByteArray();
    }
}
