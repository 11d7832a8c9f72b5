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
import org.jspecify.annotations.Nullable;

/** The songs of POP909 with the chords that its authors give for the MIDI files. */
public final class ChordSongs {
    private static final String CHORDS = "chord_midi.txt";
    private static final String KEYS = "key_audio.txt";

    private ChordSongs() {}

    /**
     * Reads the songs of one side of the {@link Split}, or all.
     *
     * @param folder holds pop909 and pop909_annotations, as {@code .tar.xz} or unpacked
     * @param side which songs; null for all
     * @param size songs at most, taken evenly from all of them
     * @throws CorpusException one line, if something is missing or cannot be read
     */
    public static List<ChordSong> load(Path folder, @Nullable Split side, int size) {
        BeatSet.require(folder, List.of("pop909", "pop909_annotations"));
        List<ChordSong> all = BeatSet.within(
                folder,
                "pop909",
                midi -> BeatSet.within(folder, "pop909_annotations", annotations -> read(midi, annotations, side)));
        return EvenSample.of(all, size);
    }

    private static List<ChordSong> read(Path songs, Path annotations, @Nullable Split side) {
        try (Stream<Path> folders = Files.list(annotations)) {
            List<ChordSong> read = new ArrayList<>();
            for (Path folder : folders.filter(each -> Files.isRegularFile(each.resolve(CHORDS)))
                    .sorted()
                    .toList()) {
                String name = String.valueOf(folder.getFileName());
                List<MidiTrack> tracks =
                        MidiFileReader.read(songs.resolve(name + ".mid")).tracks();
                if (side == null || Split.of(new Piece(name, all(tracks))) == side) {
                    read.add(new ChordSong(
                            name,
                            notes(tracks, "MELODY"),
                            notes(tracks, "BRIDGE"),
                            notes(tracks, "PIANO"),
                            ChordSymbols.spans(folder.resolve(CHORDS), folder.resolve(KEYS))));
                }
            }
            return read;
        } catch (IOException failure) {
            throw new CorpusException(
                    annotations + ": cannot be read (" + failure.getMessage() + "). Unpack the archive again.",
                    failure);
        }
    }

    private static Performance all(List<MidiTrack> tracks) {
        List<Note> notes = new ArrayList<>();
        tracks.forEach(track -> track.notes().forEach(note -> notes.add(note.toNote(Voice.HUMAN))));
        return Performance.of(notes);
    }

    private static List<Note> notes(List<MidiTrack> tracks, String name) {
        List<Note> notes = new ArrayList<>();
        tracks.stream().filter(track -> track.name().equals(name)).forEach(track -> track.notes()
                .forEach(note -> notes.add(note.toNote(Voice.HUMAN))));
        return Performance.of(notes).notes();
    }
}
