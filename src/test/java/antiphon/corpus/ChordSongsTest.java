package antiphon.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.music.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChordSongsTest {
    private static final int E_FLAT_SUS = 1 << 3 | 1 << 5 | 1 << 10;
    private static final int G_MINOR_SEVENTH = 1 << 7 | 1 << 10 | 1 << 2 | 1 << 5;

    /** Two tracks: MELODY with C5 for a quarter, PIANO with C3; 480 ticks. */
    private static final String SONG =
            "TVRoZAAAAAYAAQACAeBNVHJrAAAAFwD/AwZNRUxPRFkAkEhQg2CASAAA/y8ATVRyawAAABYA/wMF" + "UElBTk8AkDBQg2CAMAAA/y8A";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private void write(String file, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, String.join("\n", lines) + "\n");
    }

    private void writeAll(String key, String... chords) throws IOException {
        Files.createDirectories(folder.resolve("pop909"));
        Files.write(folder.resolve("pop909/007.mid"), Base64.getDecoder().decode(SONG));
        write("pop909_annotations/007/chord_midi.txt", chords);
        write("pop909_annotations/007/key_audio.txt", key);
    }

    @Test
    void shouldReadTuneChordsAndKey() throws IOException {
        writeAll("0.0\t9.0\tBb:maj", "0.0\t0.2\tN", "0.2\t1.0\tG:min7/b3", "1.0\t2.0\tEb:sus2");
        ChordSong song = ChordSongs.load(folder, null, 10).getFirst();
        assertThat(song.tune()).extracting(note -> note.pitch()).containsExactly(72);
        assertThat(song.piano()).extracting(note -> note.pitch()).containsExactly(48);
        assertThat(song.secondLine()).isEmpty();
        assertThat(song.at(100_000_000L)).isEmpty();
        assertThat(song.at(200_000_000L).orElseThrow().classes()).isEqualTo(G_MINOR_SEVENTH);
        assertThat(song.at(1_500_000_000L).orElseThrow().classes()).isEqualTo(E_FLAT_SUS);
        assertThat(song.at(1_500_000_000L).orElseThrow().scale()).isEqualTo(Scale.classesOf(10));
        assertThat(song.at(2_000_000_000L)).isEmpty();
    }

    @Test
    void shouldMoveAKeyThatIsASemitoneOff() throws IOException {
        writeAll("0.0\t9.0\tB:maj", "0.2\t1.0\tC:maj", "1.0\t2.0\tF:maj", "2.0\t3.0\tG:7");
        ChordSong song = ChordSongs.load(folder, null, 10).getFirst();
        assertThat(song.at(500_000_000L).orElseThrow().scale()).isEqualTo(Scale.classesOf(0));
    }

    @Test
    void shouldFindEachSongOnOneSideOfTheSplit() throws IOException {
        writeAll("0.0\t9.0\tC:maj", "0.2\t1.0\tC:maj");
        long found = List.of(Split.values()).stream()
                .mapToLong(side -> ChordSongs.load(folder, side, 10).size())
                .sum();
        assertThat(found).isEqualTo(1);
    }

    @Test
    void shouldWriteTunesToLearnFromButNoneOfTheTestSide() throws IOException {
        writeAll("0.0\t9.0\tA:min", "0.0\t1.0\tC:maj");
        Path lines = folder.resolve("songs.jsonl");
        int written = ChordSongLines.write(folder, lines);
        assertThat(written)
                .isEqualTo(1 - ChordSongs.load(folder, Split.TEST, 10).size());
        assertThat(Files.readAllLines(lines)).hasSize(written).allSatisfy(line -> assertThat(line)
                .contains("\"side\": \"", "[0.0000, 0.5000, 72, 145, 0]"));
    }

    @Test
    void shouldSayWhatCannotBeRead() throws IOException {
        assertThatThrownBy(() -> ChordSongs.load(folder, null, 10))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("no pop909, pop909_annotations");
        writeAll("0.0\t9.0\tC:maj", "0.2\t1.0\tC:weird");
        assertThatThrownBy(() -> ChordSongs.load(folder, null, 10))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("C:weird")
                .hasMessageContaining("Bb:min7 needed");
    }
}
