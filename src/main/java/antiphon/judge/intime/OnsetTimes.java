package antiphon.judge.intime;

import antiphon.music.Note;
import java.util.Arrays;
import java.util.List;

/** When something begins in a line of notes: a chord begins once, however its notes are spread. Pure. */
final class OnsetTimes {
    /** Notes that begin within this time of a chord's first belong to it. */
    private static final long CHORD_NANOS = 20_000_000L;

    private OnsetTimes() {}

    /** In order of time. */
    static double[] nanos(List<Note> notes) {
        long[] sorted = notes.stream().mapToLong(Note::onsetNanos).sorted().toArray();
        double[] onsets = new double[sorted.length];
        int count = 0;
        for (long onset : sorted) {
            if (count == 0 || onset - onsets[count - 1] > CHORD_NANOS) {
                onsets[count++] = onset;
            }
        }
        return Arrays.copyOf(onsets, count);
    }

    /** From each onset to the next. */
    static double[] intervals(List<Note> notes) {
        double[] onsets = nanos(notes);
        double[] intervals = new double[Math.max(0, onsets.length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = onsets[i + 1] - onsets[i];
        }
        return intervals;
    }
}
