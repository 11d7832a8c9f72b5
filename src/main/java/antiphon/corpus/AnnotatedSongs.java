package antiphon.corpus;

import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiTrack;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The songs of POP909 with the beats that its authors give for the MIDI files. */
final class AnnotatedSongs {
    private static final String BEATS = "beat_midi.txt";
    private static final String MELODY = "MELODY";

    private AnnotatedSongs() {}

    static List<BeatPiece> read(Path songs, Path annotations, int size) {
        try (Stream<Path> folders = Files.list(annotations)) {
            List<Path> known = folders.filter(folder -> Files.isRegularFile(folder.resolve(BEATS)))
                    .sorted()
                    .toList();
            List<BeatPiece> pieces = new ArrayList<>();
            for (Path folder : EvenSample.of(known, size)) {
                pieces.add(piece(String.valueOf(folder.getFileName()), songs, folder.resolve(BEATS)));
            }
            return pieces;
        } catch (IOException failure) {
            throw new CorpusException(
                    annotations + ": cannot be read (" + failure.getMessage() + "). Unpack the archive again.",
                    failure);
        }
    }

    private static BeatPiece piece(String name, Path songs, Path beats) throws IOException {
        List<Note> notes = new ArrayList<>();
        for (MidiTrack track : MidiFileReader.read(songs.resolve(name + ".mid")).tracks()) {
            int voice = track.name().equals(MELODY) ? Voice.HUMAN : Voice.ANSWER;
            track.notes().forEach(note -> notes.add(note.toNote(voice)));
        }
        List<Long> nanos = new ArrayList<>();
        for (String line : Files.readAllLines(beats)) {
            try {
                nanos.add(Math.round(Double.parseDouble(line.split("\\s", -1)[0]) * 1e9));
            } catch (NumberFormatException wrong) {
                throw new CorpusException(
                        beats + ": \"" + line
                                + "\" is no beat; seconds and two marks needed. Unpack the archive again.",
                        wrong);
            }
        }
        return new BeatPiece(name, Performance.of(notes).notes(), nanos);
    }
}
