package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.file.MidiFileWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the files, the index must have what a corpus in memory has. */
class CorpusIndexTest {
    private final List<String> notices = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldHaveThePiecesOfACorpusInMemory(int threads) throws IOException {
        writeCsv("a.csv", TestPieces.corpus(60, 24).pieces());
        for (int i = 0; i < 20; i++) {
            MidiFileWriter.write(folder.resolve("m" + i + ".mid"), TestPieces.random(i, 30));
        }
        // Twice to the note, in another file; and too short to compare.
        writeCsv("b.csv", TestPieces.corpus(70, 24).pieces());
        writeCsv("c.csv", TestPieces.corpus(10, 8).pieces());
        writeCsv("d.csv", TestPieces.corpus(10, 8).pieces());
        Files.writeString(folder.resolve("broken.mid"), "no music here");
        Files.writeString(folder.resolve("broken.csv"), "no notes here");

        assertSame(threads);
        assertThat(notices).hasSize(2);
    }

    @Property(tries = 50)
    void shouldReadPiecesWhoseLinesAreMixed(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int piece = 0; piece < 5; piece++) {
            String name = List.of("plain", "\"with, comma\"", "\"with \"\"quotes\"\"\"", "plain longer", "ümlaut")
                    .get(piece);
            StringWriter written = new StringWriter();
            Piece made = new Piece("x", TestPieces.random(random.nextLong(), 20));
            NotesCsv.writePiece(written, new Piece("x", made.performance(), List.of(0L, 900_000_000L), "bach"));
            written.toString().lines().forEach(line -> lines.add(name + line.substring(1)));
        }
        for (int i = 0; i < 30; i++) {
            int at = random.nextInt(lines.size());
            lines.add(at, List.of("", " ", "\u2003").get(i % 3));
            lines.add(lines.remove(random.nextInt(lines.size())).replace("plain,", " plain , "));
        }
        List<String> ends = List.of("\n", "\r\n", "\r");
        StringBuilder text = new StringBuilder("\uFEFF" + NotesCsv.HEADER + ",phrase,group\n");
        lines.forEach(line -> text.append(line).append(ends.get(random.nextInt(ends.size()))));
        text.setLength(text.length() - random.nextInt(2));
        Path csv = Files.createTempFile("mixed", ".csv");
        try {
            Files.writeString(csv, text);
            CorpusIndex index = CorpusIndex.of(List.of(csv), notices::add, 2);
            assertThat(pieces(index)).isEqualTo(bySide(NotesCsv.read(csv))).hasSize(5);
        } finally {
            Files.delete(csv);
        }
    }

    @Test
    void shouldReadLinesLongerThanItsBuffer() throws IOException {
        String longName = "long".repeat(50_000);
        writeCsv(
                "a.csv",
                IntStream.range(0, 30)
                        .mapToObj(i -> new Piece((i % 3 == 0 ? longName : "piece ") + i, TestPieces.random(i, 20)))
                        .toList());

        assertSame(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b,human,0,1,60,200",
                "b,human,0,1,60",
                "\"b,human,0,1,60,64",
                "b",
                "a,human,0,1,60,64\n\nb,human,0,1,60,64\na,human,0,,60,64\nb,robot,0,1,60,64",
                "b,human,0,1,60,64,7,\u00e9",
            })
    void shouldSkipAFileThatIsAtFaultAsAWhole(String lines) throws IOException {
        writeCsv("good.csv", TestPieces.corpus(20, 24).pieces().subList(10, 20));
        writeCsv("bad.csv", TestPieces.corpus(20, 24).pieces());
        Files.write(
                folder.resolve("bad.csv"),
                (Files.readString(folder.resolve("bad.csv")) + lines + "\n").getBytes(StandardCharsets.ISO_8859_1));
        writeCsv("more.csv", TestPieces.corpus(15, 24).pieces());

        assertSame(2);
        assertThat(notices).singleElement().asString().startsWith(folder.resolve("bad.csv") + ":");
    }

    @Test
    void shouldSayThatThereIsNothing() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> CorpusIndex.of(List.of(empty), notices::add))
                .isInstanceOf(CorpusException.class)
                .hasMessage(empty + ": no MIDI file or CSV with notes among 0 files; at least one needed."
                        + " Name a folder that has some.");
    }

    @Test
    void shouldSayThatAFileHasChanged() throws IOException {
        writeCsv("a.csv", TestPieces.corpus(20, 24).pieces());
        CorpusIndex index = CorpusIndex.of(List.of(folder), notices::add);
        writeCsv("a.csv", TestPieces.corpus(20, 23).pieces());
        String message = folder.resolve("a.csv") + ": changed while it was in use; the same file needed from beginning"
                + " to end. Run it again when nothing writes to the corpus.";

        assertThatThrownBy(() -> index.read(Split.TRAIN, 0))
                .isInstanceOf(CorpusException.class)
                .hasMessage(message);
        Files.delete(folder.resolve("a.csv"));
        assertThatThrownBy(() -> index.read(Split.TRAIN, 0))
                .isInstanceOf(CorpusException.class)
                .hasMessage(message);
    }

    private void assertSame(int threads) {
        CorpusIndex index = CorpusIndex.of(List.of(folder), notices::add, threads);

        List<String> noticesOfCorpus = new ArrayList<>();
        Corpus corpus = Corpus.load(List.of(folder), noticesOfCorpus::add);
        assertThat(pieces(index)).isEqualTo(bySide(corpus.pieces()));
        assertThat(index.size()).isEqualTo(corpus.pieces().size());
        assertThat(index.description()).isEqualTo(corpus.description());
        assertThat(notices).isEqualTo(noticesOfCorpus);
    }

    private static List<Piece> bySide(List<Piece> pieces) {
        return Arrays.stream(Split.values())
                .flatMap(side -> side.select(pieces).stream())
                .toList();
    }

    private static List<Piece> pieces(CorpusIndex index) {
        return Arrays.stream(Split.values())
                .flatMap(side -> IntStream.range(0, index.size(side)).mapToObj(i -> index.read(side, i)))
                .toList();
    }

    private void writeCsv(String name, List<Piece> pieces) throws IOException {
        TestPieces.writeCsv(folder.resolve(name), pieces);
    }
}
