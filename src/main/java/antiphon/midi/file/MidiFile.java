package antiphon.midi.file;

import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a Standard MIDI File says, all times in nanoseconds by its own tempo map. Immutable.
 *
 * @param format 0 or 1
 * @param division what its ticks were
 * @param tracks as they stand in the file, those without notes included
 * @param messages the short channel messages of all tracks as a keyboard would send them: notes and pedals apart.
 *     What is added where the file forgot a note-off, the {@link FileUse} says
 * @param timeline its tempos and metres
 * @param warnings what was wrong with the file and left out, a line each for people; empty if nothing was wrong
 */
public record MidiFile(
        int format,
        TimeDivision division,
        List<MidiTrack> tracks,
        TimedMessages messages,
        Timeline timeline,
        List<String> warnings) {
    public MidiFile {
        tracks = List.copyOf(tracks);
        warnings = List.copyOf(warnings);
    }

    /** What the keys play: the messages without those of drums, whose pitches name instruments. */
    public TimedMessages keys() {
        return messages.ofChannel(Message.DRUM_CHANNEL, true);
    }

    /** The messages of drums alone. */
    public TimedMessages drums() {
        return messages.ofChannel(Message.DRUM_CHANNEL, false);
    }

    /** What was wrong with the file, in one line for people: the first warning and how many more there are. */
    public Optional<String> damage() {
        return warnings.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        warnings.getFirst() + (warnings.size() == 1 ? "" : " (" + (warnings.size() - 1) + " more)"));
    }

    /** All notes of all tracks as played by the human. */
    public Performance toPerformance() {
        List<Note> notes = new ArrayList<>();
        for (MidiTrack track : tracks) {
            track.notes().forEach(note -> notes.add(note.toNote(Voice.HUMAN)));
        }
        return Performance.of(notes);
    }

    /** All notes in two voices: those of tracks named {@code answer} are the answer's, all others the human's. */
    public Performance toDialogue() {
        List<Note> notes = new ArrayList<>();
        for (MidiTrack track : tracks) {
            boolean answer = track.name().strip().toLowerCase(Locale.ROOT).equals(Voice.name(Voice.ANSWER));
            track.notes().forEach(note -> notes.add(note.toNote(answer ? Voice.ANSWER : Voice.HUMAN)));
        }
        return Performance.of(notes);
    }

    /** Notes in all tracks together. */
    public int noteCount() {
        return tracks.stream().mapToInt(track -> track.notes().size()).sum();
    }
}
