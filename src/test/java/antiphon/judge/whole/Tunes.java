package antiphon.judge.whole;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;

/** Tunes for tests. */
final class Tunes {
    private Tunes() {}

    static Note note(double seconds, double duration, int pitch) {
        return new Note(Voice.ANSWER, Math.round(seconds * 1e9), Math.round(duration * 1e9), pitch, 64);
    }

    /** Notes of a quarter of a second, one after the other. */
    static List<Note> even(int... pitches) {
        List<Note> notes = new ArrayList<>();
        for (int pitch : pitches) {
            notes.add(note(notes.size() * 0.25, 0.2, pitch));
        }
        return notes;
    }

    static Line line(int... pitches) {
        return Line.of(even(pitches));
    }

    /** A line of one pitch that has these times from onset to onset, in seconds. */
    static Line rhythm(double... gaps) {
        List<Note> notes = new ArrayList<>(List.of(note(0, 0.05, 60)));
        double seconds = 0;
        for (double gap : gaps) {
            seconds += gap;
            notes.add(note(seconds, 0.05, 60));
        }
        return Line.of(notes);
    }
}
