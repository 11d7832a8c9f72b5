package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import antiphon.improv.listen.Places;
import antiphon.midi.file.MidiFileWriter;
import antiphon.music.Decoder;
import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Vocabulary;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedCorpusTest {
    private static final Corpus CORPUS = TestPieces.corpus(24, 48);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path source;

    @BeforeEach
    void writeCorpus() throws IOException {
        TestPieces.writeCsv(source.resolve("made-up.csv"), CORPUS.pieces());
    }

    @Test
    void shouldWriteHeldOutPiecesAsTheyAre() throws IOException {
        PreparedCorpus prepared = write(folder, 1);

        List<Piece> valid = Split.VALID.select(CORPUS.pieces());
        List<int[]> read = pieces(folder.resolve("valid.events"));
        assertThat(read).hasSameSizeAs(valid).isNotEmpty();
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).containsExactly(Encoder.encode(valid.get(i).performance()));
            assertThat(Decoder.decode(read.get(i)).notes())
                    .hasSameSizeAs(valid.get(i).performance().notes());
        }
        assertThat(prepared.valid().pieces()).isEqualTo(valid.size());
        assertThat(prepared.valid().notes()).isEqualTo(48L * valid.size());
        assertThat(pieces(folder.resolve("test.events"))).hasSameSizeAs(Split.TEST.select(CORPUS.pieces()));
    }

    @Test
    void shouldWriteWhatTheTrainerWouldLearnFromOncePerPass() throws IOException {
        List<Piece> train = Split.TRAIN.select(CORPUS.pieces());
        DialogueSupply supply = new DialogueSupply(train, 5);

        PreparedCorpus prepared = write(folder, 2);

        for (PreparedCorpus.Part part : prepared.train()) {
            List<int[]> read = pieces(folder.resolve(part.file()));
            assertThat(read).hasSameSizeAs(train);
            long events = 0;
            for (int[] piece : read) {
                int[] expected = supply.next();
                assertThat(piece).containsExactly(Arrays.copyOfRange(expected, 1, expected.length));
                events += expected.length;
            }
            assertThat(part.events()).isEqualTo(events);
            assertThat(Files.size(folder.resolve(part.file()))).isEqualTo(8 * events);
        }
        assertThat(prepared.train())
                .extracting(PreparedCorpus.Part::file)
                .containsExactly("train-000.events", "train-001.events");
    }

    @Test
    void shouldDescribeItselfForOtherLanguages() throws IOException {
        PreparedCorpus prepared = write(folder, 2);

        Map<String, Object> index = JSON.std.mapFrom(Files.readString(folder.resolve("prepared.json")));
        assertThat(index)
                .containsEntry("format", 2)
                .containsEntry("vocabulary", Vocabulary.NAME)
                .containsEntry("fieldSizes", List.of(7, 82, 129, 33))
                .containsEntry("placeSizes", List.of(82, 49, 17, 8, 8))
                .containsEntry("phases", 48)
                .containsEntry("beatNanos", List.of(0.2e9, 2e9))
                .containsEntry("seed", 5)
                .containsEntry("passes", 2)
                .containsEntry("description", source + ": 24 pieces, 1152 notes");
        List<?> grid = (List<?>) Objects.requireNonNull(index.get("timeGridBits"));
        assertThat(grid).hasSize(Vocabulary.TIME_BINS);
        assertThat((Double) grid.get(20)).isEqualTo(0);
        assertThat((Double) grid.get(80))
                .isCloseTo(Math.log(Vocabulary.widthNanos(80) / 10e6) / Math.log(2), within(1e-12));
        assertThat((Double) grid.get(81)).isEqualTo(0);
        assertThat((List<?>) index.get("train")).hasSize(2);
        assertThat(index.get("test"))
                .isEqualTo(Map.of(
                        "file",
                        "test.events",
                        "events",
                        (int) prepared.test().events(),
                        "notes",
                        (int) prepared.test().notes(),
                        "pieces",
                        prepared.test().pieces()));
    }

    @Test
    void shouldWriteTheSameBytesForTheSameSeedWhateverTheThreads() throws IOException {
        for (int i = 0; i < 12; i++) {
            MidiFileWriter.write(source.resolve("m" + i + ".mid"), TestPieces.random(i, 20 + 60 * (i % 4)));
        }
        CorpusIndex alone = CorpusIndex.of(List.of(source), notice -> {}, 1);
        PreparedCorpus.write(alone, folder.resolve("one"), 3, 5, (file, done, pieces) -> {}, 1);

        for (int threads : List.of(2, 7)) {
            CorpusIndex index = CorpusIndex.of(List.of(source), notice -> {}, threads);
            PreparedCorpus.write(index, folder.resolve("two"), 3, 5, (file, done, pieces) -> {}, threads);

            assertThat(index.size()).isEqualTo(36);
            List<String> names = names(folder.resolve("one"));
            assertThat(names(folder.resolve("two"))).isEqualTo(names);
            for (String name : names) {
                assertThat(folder.resolve("one").resolve(name))
                        .hasSameBinaryContentAs(folder.resolve("two").resolve(name));
            }
        }
    }

    @Test
    void shouldLeaveNoDrafts() throws IOException {
        write(folder, 1);

        assertThat(names(folder)).containsExactly("prepared.json", "test.events", "train-000.events", "valid.events");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldLeaveNoIndexWhenItIsInterrupted() {
        write(folder, 1);

        assertThatThrownBy(() -> PreparedCorpus.write(index(), folder, 1, 5, (file, done, pieces) -> {
                    if (file.equals("valid.events")) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");

        assertThat(folder.resolve("prepared.json")).doesNotExist();
    }

    @Test
    void shouldNameWhatCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> write(folder, 0)).hasMessage("--passes: found 0; allowed: 1 to 1000.");
        assertThatThrownBy(() -> write(file, 1))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageNotContaining("\n");
    }

    private CorpusIndex index() {
        return CorpusIndex.of(List.of(source), notice -> {});
    }

    private PreparedCorpus write(Path folder, int passes) {
        return PreparedCorpus.write(index(), folder, passes, 5, (file, done, pieces) -> {});
    }

    /** The events of every piece, without their starts. */
    private static List<int[]> pieces(Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int[] events = new int[bytes.remaining() / 8];
        Places places = new Places();
        for (int i = 0; i < events.length; i++) {
            events[i] = bytes.getInt();
            assertThat(bytes.getInt()).isEqualTo(places.hear(events[i], true));
        }
        List<int[]> pieces = new ArrayList<>();
        int begin = 0;
        for (int i = 1; i <= events.length; i++) {
            if (i == events.length || Event.kind(events[i]) == Event.START) {
                assertThat(events[begin]).isEqualTo(Event.PIECE_START);
                pieces.add(Arrays.copyOfRange(events, begin + 1, i));
                begin = i;
            }
        }
        return pieces;
    }
}
