package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.corpus.Piece;
import antiphon.corpus.TestPieces;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {
    private static final int PIECES = 8_000;
    private static final int NOTES_EACH = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** In memory, this corpus needs more than 40 MB. */
    @Test
    void shouldPrepareACorpusThatDoesNotFitIntoMemory() throws IOException, InterruptedException {
        Path csv = folder.resolve("notes.csv");
        List<Piece> some = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            some.add(new Piece("piece-" + i, fast(i)));
        }
        TestPieces.writeCsv(csv, some);

        Program.Ended ended = Program.in(folder)
                .with("JDK_JAVA_OPTIONS", "-Xmx16m")
                .runToEnd(
                        "prepare",
                        csv.toString(),
                        "-o",
                        folder.resolve("prepared").toString(),
                        "--passes",
                        "1");

        assertThat(ended.status()).as(ended.errors()).isZero();
        assertThat(ended.errors()).contains("-Xmx16m");
        assertThat(ended.output()).startsWith(csv + ": 8000 pieces, 480000 notes");
        assertThat(Files.size(folder.resolve("prepared/train-000.events"))).isGreaterThan(PIECES * NOTES_EACH);
    }

    /** A hundred notes a second: there is little to look for in them, so preparing takes little time. */
    private static Performance fast(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < NOTES_EACH; i++) {
            notes.add(new Note(Voice.HUMAN, i * 10_000_000L, 20_000_000L, random.nextInt(128), 64));
        }
        return Performance.of(notes);
    }
}
