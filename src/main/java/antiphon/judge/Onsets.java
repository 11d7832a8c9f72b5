package antiphon.judge;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The notes of a phrase as chords: those that begin within {@value #CHORD_MILLIS} ms of a chord's first belong to it.
 * Immutable.
 *
 * @param chords in order of time, each in order of pitch
 */
record Onsets(List<List<Note>> chords) {
    private static final int CHORD_MILLIS = 50;
    private static final long CHORD_NANOS = CHORD_MILLIS * 1_000_000L;

    static Onsets of(List<Note> notes) {
        List<List<Note>> chords = new ArrayList<>();
        long startNanos = 0;
        for (Note note : notes.stream()
                .sorted(Comparator.comparingLong(Note::onsetNanos))
                .toList()) {
            if (chords.isEmpty() || note.onsetNanos() - startNanos >= CHORD_NANOS) {
                startNanos = note.onsetNanos();
                chords.add(new ArrayList<>());
            }
            chords.getLast().add(note);
        }
        chords.forEach(chord -> chord.sort(Comparator.comparingInt(Note::pitch)));
        return new Onsets(List.copyOf(chords));
    }

    /** When each chord begins. */
    long[] nanos() {
        return chords.stream()
                .mapToLong(chord ->
                        chord.stream().mapToLong(Note::onsetNanos).min().orElse(0))
                .toArray();
    }

    /** Inter-onset intervals between the chords, in seconds. */
    double[] intervals() {
        long[] nanos = nanos();
        double[] intervals = new double[Math.max(0, nanos.length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = (nanos[i + 1] - nanos[i]) / 1e9;
        }
        return intervals;
    }

    /** From each note to the next in semitones, chords from below: the same in every key. */
    int[] steps() {
        int[] pitches =
                chords.stream().flatMap(List::stream).mapToInt(Note::pitch).toArray();
        int[] steps = new int[Math.max(0, pitches.length - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = pitches[i + 1] - pitches[i];
        }
        return steps;
    }

    /** How many notes sound when each chord has begun. */
    double[] polyphony() {
        List<Note> notes = chords.stream().flatMap(List::stream).toList();
        return chords.stream()
                .mapToDouble(chord -> {
                    long lastNanos =
                            chord.stream().mapToLong(Note::onsetNanos).max().orElse(0);
                    return notes.stream()
                            .filter(note -> note.onsetNanos() <= lastNanos
                                    && (note.offsetNanos() > lastNanos || chord.contains(note)))
                            .count();
                })
                .toArray();
    }
}
