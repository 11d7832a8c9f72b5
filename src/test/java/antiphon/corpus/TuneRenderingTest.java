package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lead sheets as pieces to learn from. */
class TuneRenderingTest {
    private static final int BARS = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Eighths in 4/4 over two chords. */
    private List<Piece> pieces() throws IOException {
        write("tunes.csv", "tune,title,metre,qpm,bars\n7,Tune,4/4,," + BARS + "\n");
        write(
                "notes.csv",
                "tune,onset_quarters,duration_quarters,pitch,bar,quarter_in_bar\n"
                        + IntStream.range(0, 8 * BARS)
                                .mapToObj(i ->
                                        "7," + i / 2.0 + ",0.5," + (60 + i % 5) + "," + (i / 8 + 1) + "," + i % 8 / 2.0)
                                .collect(Collectors.joining("\n"))
                        + "\n");
        write(
                "chords.csv",
                "tune,onset_quarters,root_pitch_class,kind,bass_pitch_class\n7,0.0,0,major,\n7,32.0,7,dominant,\n");
        return DataSet.in(folder, line -> {}).orElseThrow().sources().stream()
                .flatMap(source -> source.read().stream())
                .toList();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static List<Note> voice(Piece piece, int voice) {
        return piece.performance().notes().stream()
                .filter(note -> note.voice() == voice)
                .toList();
    }

    @Test
    void shouldPlayEachTuneInSeveralWaysThatLieOnOneSideOfTheSplit() throws IOException {
        List<Piece> pieces = pieces();

        assertThat(pieces).hasSize(5).extracting(Piece::name).doesNotHaveDuplicates();
        assertThat(pieces).extracting(Piece::group).containsOnly("tune 7");
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(voice(piece, Voice.HUMAN)).hasSize(8 * BARS));
        assertThat(voice(pieces.getFirst(), Voice.ANSWER)).isEmpty();
        assertThat(pieces.subList(1, 5))
                .allSatisfy(piece -> assertThat(voice(piece, Voice.ANSWER)).hasSizeGreaterThan(3));
        assertThat(pieces.stream().map(TuneRenderingTest::barNanos).distinct()).hasSize(5);
    }

    private static double barNanos(Piece piece) {
        List<Note> melody = voice(piece, Voice.HUMAN);
        return (melody.get(8 * (BARS - 1)).onsetNanos() - melody.getFirst().onsetNanos()) / (BARS - 1.0);
    }

    @Test
    void shouldKeepTheBeatWithUnevenHands() throws IOException {
        for (Piece piece : pieces()) {
            List<Note> melody = voice(piece, Voice.HUMAN);
            double beatNanos = barNanos(piece) / 4;
            double firstNanos = melody.getFirst().onsetNanos();
            for (int beat = 0; beat < 4 * BARS; beat++) {
                double off = melody.get(2 * beat).onsetNanos() - firstNanos - beat * beatNanos;
                assertThat(Math.abs(off)).isLessThan(110e6);
            }
            assertThat(melody.stream().map(Note::velocity).distinct().count()).isGreaterThan(5);
        }
    }

    @Test
    void shouldMarkPhrasesOfWholeBars() throws IOException {
        for (Piece piece : pieces()) {
            int phrases = piece.phraseOnsetsNanos().size();
            assertThat(phrases).isIn(BARS / 2, BARS / 4, BARS / 8);
        }
    }

    @Test
    void shouldPlayTheSameEachTime() throws IOException {
        assertThat(pieces()).isEqualTo(pieces());
    }
}
