package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.midi.file.MidiFileWriter;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data sets with known beats, small but in their own form. */
class BeatSetTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private void write(String file, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, String.join("\n", lines) + "\n");
    }

    private void writeAll() throws IOException {
        Files.createDirectories(folder.resolve("pop909"));
        MidiFileWriter.write(
                folder.resolve("pop909/007.mid"),
                Performance.of(List.of(new Note(Voice.HUMAN, 500_000_000L, 100_000_000L, 60, 80))));
        write("pop909_annotations/007/beat_midi.txt", "0.25 1.0 1.0", "0.75 0.0 0.0");
        write("jazz_csv/notes.csv", "melid,onset,duration,pitch", "3,1.5,0.1,60.0", "3,2.0,0.2,62.0");
        write("jazz_csv/beats.csv", "melid,onset,bar", "3,1.25,1", "3,1.75,1", "4,1.0,1");
        write(
                "openewld/tunes.csv",
                "tune,title,metre,qpm,bars",
                "1,\"Oh_Johnny,_oh\",4/4,,2",
                "2,Waltz,6/8,,2",
                "3,Changing,3/4,,2");
        write(
                "openewld/notes.csv",
                "tune,onset_quarters,duration_quarters,pitch,bar,quarter_in_bar",
                "1,3.5,0.5,60,1,3.5",
                "1,4.0,2.0,62,2,0.0",
                "1,6.0,2.0,64,2,2.0",
                "2,0.0,1.5,60,1,0.0",
                "2,3.0,1.5,60,2,0.0",
                "3,0.0,4.0,60,1,0.0",
                "3,3.0,1.0,60,2,0.0",
                "3,7.0,1.0,60,3,0.0");
        write("openewld/chords.csv", "tune,onset_quarters,root_pitch_class,kind,bass_pitch_class", "1,4.0,5,minor,");
    }

    private List<BeatPiece> set(String name) {
        return BeatSet.load(folder, 60).stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow()
                .pieces();
    }

    @Test
    void shouldReadSongsWithTheirBeats() throws IOException {
        writeAll();
        BeatPiece song = set("pop909 song").getFirst();
        assertThat(song.name()).isEqualTo("007");
        assertThat(song.beatsNanos()).containsExactly(250_000_000L, 750_000_000L);
        assertThat(song.notes()).hasSize(1);
        assertThat(set("pop909 melody").getFirst().notes())
                .as("no track of that name")
                .isEmpty();
    }

    @Test
    void shouldReadSolosOnTheClockOfTheirBeats() throws IOException {
        writeAll();
        BeatPiece solo = set("jazz solo").getFirst();
        assertThat(solo.notes()).extracting(Note::onsetNanos).containsExactly(1_500_000_000L, 2_000_000_000L);
        assertThat(solo.beatsNanos()).containsExactly(1_250_000_000L, 1_750_000_000L);
    }

    @Test
    void shouldPlayLeadSheetsWithTheirChords() throws IOException {
        writeAll();
        double quarter = 60e9 / 72;
        BeatPiece tune = set("openewld chords").getFirst();
        // The upbeat is an eighth after the fourth beat, on which the time begins.
        assertThat(tune.beatsNanos()).hasSize(5).startsWith(1_000_000_000L, Math.round(1e9 + quarter));
        assertThat(tune.notes().getFirst().onsetNanos()).isEqualTo(Math.round(1e9 + quarter / 2));
        assertThat(tune.notes().stream().filter(note -> note.voice() == Voice.ANSWER))
                .extracting(Note::pitch)
                .startsWith(41, 48, 53, 56);
        assertThat(set("openewld melody").getFirst().notes()).hasSize(3);
    }

    @Test
    void shouldCountThreeEighthsAsABeatAndLeaveOutTunesThatChangeTheirMetre() throws IOException {
        writeAll();
        List<BeatPiece> tunes = set("openewld melody");
        assertThat(tunes).extracting(BeatPiece::name).containsExactly("1", "2");
        double beat = 1.5 * 60e9 / (88 * 1.5);
        assertThat(tunes.get(1).beatsNanos()).hasSize(3).startsWith(1_000_000_000L, Math.round(1e9 + beat));
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        writeAll();
        Files.delete(folder.resolve("jazz_csv/beats.csv"));
        Files.delete(folder.resolve("jazz_csv/notes.csv"));
        Files.delete(folder.resolve("jazz_csv"));
        assertThatThrownBy(() -> BeatSet.load(folder, 60))
                .isInstanceOf(CorpusException.class)
                .hasMessage(folder + ": no jazz_csv; each of pop909, pop909_annotations, jazz_csv, openewld needed, as"
                        + " .tar.xz or unpacked. Name the folder that holds them all.");
    }

    @Test
    void shouldSayWhatIsDamaged() throws IOException {
        writeAll();
        write("pop909_annotations/007/beat_midi.txt", "x 1.0 1.0");
        assertThatThrownBy(() -> BeatSet.load(folder, 60)).hasMessageContaining("\"x 1.0 1.0\" is no beat");
        write("pop909_annotations/007/beat_midi.txt", "0.25 1.0 1.0");
        write("jazz_csv/notes.csv", "melid,onset,duration,pitch", "3,?,0.1,60.0");
        assertThatThrownBy(() -> BeatSet.load(folder, 60)).hasMessageContaining("solo 3 has a value that is none");
        write("jazz_csv/notes.csv", "melid,onset", "3,1");
        assertThatThrownBy(() -> BeatSet.load(folder, 60)).hasMessageContaining("cannot be read as a table");
    }

    @Test
    void shouldSampleEvenly() {
        List<Integer> all = IntStream.range(0, 10).boxed().toList();
        assertThat(EvenSample.of(all, 5)).containsExactly(0, 2, 4, 6, 8);
        assertThat(EvenSample.of(all, 10)).isEqualTo(all);
        assertThat(EvenSample.of(all, 60)).isEqualTo(all);
    }
}
