package antiphon.corpus;

import antiphon.music.Note;
import antiphon.music.Scale;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tunes with their chords as lines of JSON, for {@code src/torch/tune_chords.py} to learn from: the side of the split, and
 * of each note onset and duration in seconds, pitch, pitch classes of the chord (0: none), and tonic of the key as major.
 */
public final class ChordSongLines {
    private static final int OCTAVE = 12;
    private static final double NANOS_PER_SECOND = 1e9;

    private ChordSongLines() {}

    /**
     * Writes the songs of all sides but the one that judges.
     *
     * @param folder as for {@link ChordSongs#load}
     * @return how many
     * @throws CorpusException one line, if something cannot be read or written
     */
    public static int write(Path folder, Path output) {
        int written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(output)) {
            for (Split side : List.of(Split.TRAIN, Split.VALID)) {
                for (ChordSong song : ChordSongs.load(folder, side, Integer.MAX_VALUE)) {
                    out.write(line(side, song));
                    out.newLine();
                    written++;
                }
            }
        } catch (IOException failure) {
            throw new CorpusException(
                    output + ": cannot be written (" + failure.getMessage() + "). Name another file.", failure);
        }
        return written;
    }

    private static String line(Split side, ChordSong song) {
        StringBuilder line = new StringBuilder("{\"side\": \"").append(side).append("\", \"notes\": [");
        int key = 0;
        for (Note note : song.tune()) {
            Optional<ChordSong.Span> span = song.at(note.onsetNanos());
            key = span.map(each -> tonic(each.scale())).orElse(key);
            line.append(line.charAt(line.length() - 1) == '[' ? "" : ", ")
                    .append(String.format(
                            Locale.ROOT,
                            "[%.4f, %.4f, %d, %d, %d]",
                            note.onsetNanos() / NANOS_PER_SECOND,
                            note.durationNanos() / NANOS_PER_SECOND,
                            note.pitch(),
                            span.map(ChordSong.Span::classes).orElse(0),
                            key));
        }
        return line.append("]}").toString();
    }

    /** The tonic of the major key whose notes a scale holds. */
    private static int tonic(int scale) {
        for (int tonic = 0; tonic < OCTAVE; tonic++) {
            if ((Scale.classesOf(tonic) & ~scale) == 0) {
                return tonic;
            }
        }
        return 0;
    }
}
