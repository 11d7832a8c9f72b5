package antiphon.corpus;

import antiphon.midi.file.FileUse;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiTrack;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A file that holds music to learn from: MIDI or a CSV of notes.
 *
 * @param path where it is
 * @param name what its piece is called: see {@link Piece}
 */
record SourceFile(Path path, String name) implements Source {
    private static final String MELODY = "MELODY";
    private static final String ACCOMPANIMENT = "PIANO";

    /** A file that is named by itself. */
    static SourceFile of(Path path) {
        return new SourceFile(path, withoutEnding(String.valueOf(path.getFileName())));
    }

    /** A file found below a folder. */
    static SourceFile of(Path folder, Path path) {
        return new SourceFile(
                path,
                withoutEnding(folder.relativize(path)
                        .toString()
                        .replace(path.getFileSystem().getSeparator(), "/")));
    }

    private static String withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    /** Whether it must be unpacked: then it cannot be read as it is. */
    boolean isArchive() {
        return Files.isRegularFile(path) && Endings.isArchive(path);
    }

    /** What its name begins with up to its own folder, with the slash; empty if it is in none. */
    String folderName() {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    boolean isCsv() {
        return Endings.isCsv(path);
    }

    /** {@inheritDoc} Drums are left out, because a keyboard has none. */
    @Override
    public List<Piece> read(Consumer<String> told) {
        if (isCsv()) {
            return NotesCsv.read(path);
        }
        MidiFile file = MidiFileReader.read(path, FileUse.LEARN);
        file.damage().ifPresent(told);
        List<Note> notes = new ArrayList<>();
        boolean isSong = file.tracks().stream().anyMatch(track -> track.name().equals(MELODY));
        for (MidiTrack track : file.tracks()) {
            int voice = isAnswer(track.name(), isSong) ? Voice.ANSWER : Voice.HUMAN;
            track.notes().forEach(note -> notes.add(note.toNote(voice)));
        }
        return List.of(new Piece(name, Performance.of(notes)));
    }

    /** The tracks that Antiphon itself writes; and the accompaniment of a song with a melody track, as in POP909. */
    private static boolean isAnswer(String track, boolean isSong) {
        return track.strip().toLowerCase(Locale.ROOT).equals(Voice.name(Voice.ANSWER))
                || (isSong && track.equals(ACCOMPANIMENT));
    }
}
