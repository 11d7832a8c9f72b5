package antiphon.judge.whole;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The top line of a phrase: the highest note of each onset, where notes that begin within 50 ms of the first are one
 * onset. A bass note that is struck alone belongs to it; how long notes sound does not count, because the pedal is in
 * that. Immutable.
 */
public final class Line {
    /** Notes that begin within this time of a chord's first belong to it. */
    static final long CHORD_NANOS = 50_000_000L;

    /** Ratios of time beyond are not told apart: four times as long, or a quarter. */
    private static final int MAX_RATIO_CLASS = 2;

    private static final double LN_2 = Math.log(2);

    private final int[] pitches;
    private final long[] onsetsNanos;

    private Line(int[] pitches, long[] onsetsNanos) {
        this.pitches = pitches;
        this.onsetsNanos = onsetsNanos;
    }

    /** The line of these notes, which need no order. */
    public static Line of(List<Note> notes) {
        List<List<Note>> chords = chords(notes);
        return new Line(
                chords.stream().mapToInt(Line::highest).toArray(),
                chords.stream()
                        .mapToLong(chord -> chord.getFirst().onsetNanos())
                        .toArray());
    }

    /** The notes by onset, in order of time. */
    static List<List<Note>> chords(List<Note> notes) {
        List<List<Note>> chords = new ArrayList<>();
        for (Note note : notes.stream()
                .sorted(Comparator.comparingLong(Note::onsetNanos))
                .toList()) {
            if (chords.isEmpty()
                    || note.onsetNanos() - chords.getLast().getFirst().onsetNanos() > CHORD_NANOS) {
                chords.add(new ArrayList<>());
            }
            chords.getLast().add(note);
        }
        return chords;
    }

    private static int highest(List<Note> chord) {
        return chord.stream().mapToInt(Note::pitch).max().orElse(0);
    }

    /** How many notes it has. */
    int size() {
        return pitches.length;
    }

    /** The pitch of a note. */
    int pitch(int note) {
        return pitches[note];
    }

    /** The semitones from each note to the next. */
    int[] intervals() {
        int[] intervals = new int[Math.max(0, pitches.length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = pitches[i + 1] - pitches[i];
        }
        return intervals;
    }

    /**
     * How the time from onset to onset changes, one fewer than {@link #intervals}: 0 as long as the one before, 1 twice,
     * 2 four times or more, −1 half, −2 a quarter or less; whichever is nearest. The same in every tempo.
     */
    int[] ratios() {
        int[] ratios = new int[Math.max(0, pitches.length - 2)];
        for (int i = 0; i < ratios.length; i++) {
            double before = onsetsNanos[i + 1] - onsetsNanos[i];
            double after = onsetsNanos[i + 2] - onsetsNanos[i + 1];
            long octaves = Math.round(Math.log(after / before) / LN_2);
            ratios[i] = Math.clamp(octaves, -MAX_RATIO_CLASS, MAX_RATIO_CLASS);
        }
        return ratios;
    }
}
