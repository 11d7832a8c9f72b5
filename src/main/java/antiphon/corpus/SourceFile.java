package antiphon.corpus;

import antiphon.midi.MidiException;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiTrack;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.Voice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file that holds music to learn from: MIDI or a CSV of notes.
 *
 * @param path where it is
 * @param name what its piece is called: see {@link Piece}
 */
record SourceFile(Path path, String name) implements Source {
    private static final List<String> MIDI_ENDINGS = List.of(".mid", ".midi", ".rmi", ".kar");
    private static final String CSV_ENDING = ".csv";
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

    /** Whether a file's name ends like that of a MIDI file or a CSV. */
    static boolean isMusic(Path file) {
        return isMidi(file) || isCsv(file);
    }

    boolean isCsv() {
        return isCsv(path);
    }

    private static boolean isMidi(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return MIDI_ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static boolean isCsv(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(CSV_ENDING);
    }

    /** {@inheritDoc} Drums are left out, because a keyboard has none. */
    @Override
    public List<Piece> read() {
        if (isCsv()) {
            return NotesCsv.read(path);
        }
        MidiFile file = MidiFileReader.read(path);
        List<Note> notes = new ArrayList<>();
        boolean isSong = file.tracks().stream().anyMatch(track -> track.name().equals(MELODY));
        for (MidiTrack track : file.tracks()) {
            int voice = isAnswer(track.name(), isSong) ? Voice.ANSWER : Voice.HUMAN;
            track.notes().stream().filter(note -> !note.isPercussion()).forEach(note -> notes.add(note.toNote(voice)));
        }
        if (notes.isEmpty()) {
            throw new MidiException(path + ": no note but drums; at least one needed.");
        }
        return List.of(new Piece(name, Performance.of(notes)));
    }

    /** The tracks that Antiphon itself writes; and the accompaniment of a song with a melody track, as in POP909. */
    private static boolean isAnswer(String track, boolean isSong) {
        return track.strip().toLowerCase(Locale.ROOT).equals(Voice.name(Voice.ANSWER))
                || (isSong && track.equals(ACCOMPANIMENT));
    }
}
