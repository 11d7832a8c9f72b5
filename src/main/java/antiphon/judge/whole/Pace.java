package antiphon.judge.whole;

import antiphon.music.Note;
import java.util.List;

/**
 * How much there is in some notes. Immutable.
 *
 * @param notes how many
 * @param notesPerSecond from the first onset to the last end; NaN without notes or time
 * @param voices the most that sound at once
 */
public record Pace(int notes, double notesPerSecond, int voices) {
    /** Of a call or an answer. */
    public static Pace of(List<Note> notes) {
        long startNanos = notes.stream().mapToLong(Note::onsetNanos).min().orElse(0);
        long endNanos = notes.stream().mapToLong(Note::offsetNanos).max().orElse(0);
        double seconds = (endNanos - startNanos) / 1e9;
        return new Pace(notes.size(), seconds > 0 ? notes.size() / seconds : Double.NaN, voices(notes));
    }

    private static int voices(List<Note> notes) {
        int max = 0;
        for (Note note : notes) {
            long nanos = note.onsetNanos();
            int sounding = (int) notes.stream()
                    .filter(other -> other.onsetNanos() <= nanos && other.offsetNanos() > nanos)
                    .count();
            max = Math.max(max, sounding);
        }
        return max;
    }
}
