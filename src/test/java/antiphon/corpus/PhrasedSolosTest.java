package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhrasedSolosTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private void write(String file, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, String.join("\n", lines) + "\n");
    }

    private void writeAll() throws IOException {
        write("jazz_csv/solos.csv", "id,performer", "a_FINAL.sv,Clifford Brown", "b_FINAL.sv,Art Pepper");
        write(
                "jazz_csv/notes.csv",
                "melid,onset,duration,pitch,phrase",
                "1,2.0,0.1,60.0,1",
                "1,2.5,0.2,62.0,1",
                "1,4.0,0.2,64.0,2",
                "2,1.0,0.1,60.0,1",
                "2,2.0,0.1,60.0,2");
        write("jazz_csv/beats.csv", "melid,onset,bass", "1,1.5,40", "1,2.0,", "1,2.5,41");
    }

    @Test
    void shouldReadPhrasesAndBeatsOnTheClockOfTheNotes() throws IOException {
        writeAll();
        List<PhrasedPiece> pieces = PhrasedSolos.load(folder, EnumSet.allOf(Split.class), 10);
        assertThat(pieces).as("the second has no beats").hasSize(1);
        PhrasedPiece piece = pieces.getFirst();
        assertThat(piece.beatsNanos()).containsExactly(500_000_000L, 1_000_000_000L, 1_500_000_000L);
        assertThat(piece.phraseOnsetsNanos()).containsExactly(1_000_000_000L, 3_000_000_000L);
        assertThat(piece.notes()).as("without the bass").hasSize(3);
        assertThat(piece.notes().getFirst().onsetNanos()).isEqualTo(1_000_000_000L);
        EnumSet<Split> others = EnumSet.complementOf(EnumSet.of(piece.side()));
        assertThat(PhrasedSolos.load(folder, others, 10)).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> PhrasedSolos.load(folder, EnumSet.allOf(Split.class), 10))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("jazz_csv");
    }
}
