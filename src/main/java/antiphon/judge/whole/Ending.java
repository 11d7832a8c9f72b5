package antiphon.judge.whole;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How an answer ends. Its last chord is what begins with its last onset, and what began before and sounds through at
 * least half of the time from there to the answer's end. Shares are 0 or 1; an answer without notes ends in no way: 0,
 * but it cuts nothing off. Immutable.
 *
 * @param topInTriad the highest note of the last chord is in the tonic triad of the call
 * @param bassInTriad the lowest is
 * @param longLast the longest note of the last onset is longer than 1.5 times the median of all
 * @param cutOff two voices or more that began at different times end at one instant, the answer's end
 */
public record Ending(double topInTriad, double bassInTriad, double longLast, double cutOff) {
    private static final double LONG = 1.5;

    /** Hands that lift together do so less exactly. */
    private static final long INSTANT_NANOS = 5_000_000L;

    /**
     * The end of one answer.
     *
     * @param tonicTriad which pitches are in it
     */
    public static Ending of(List<Note> answer, IntPredicate tonicTriad) {
        if (answer.isEmpty()) {
            return new Ending(0, 0, 0, 0);
        }
        List<Note> chord = lastChord(answer);
        int top = chord.stream().mapToInt(Note::pitch).max().orElse(0);
        int bass = chord.stream().mapToInt(Note::pitch).min().orElse(0);
        return new Ending(
                tonicTriad.test(top) ? 1 : 0,
                tonicTriad.test(bass) ? 1 : 0,
                isLastLong(answer) ? 1 : 0,
                isCutOff(answer) ? 1 : 0);
    }

    private static List<Note> lastChord(List<Note> answer) {
        List<Note> chord = new ArrayList<>(Line.chords(answer).getLast());
        long onsetNanos = chord.getFirst().onsetNanos();
        long halfwayNanos = onsetNanos + (endNanos(answer) - onsetNanos) / 2;
        answer.stream()
                .filter(note -> note.onsetNanos() < onsetNanos && note.offsetNanos() >= halfwayNanos)
                .forEach(chord::add);
        return chord;
    }

    private static long endNanos(List<Note> answer) {
        return answer.stream().mapToLong(Note::offsetNanos).max().orElse(0);
    }

    private static boolean isLastLong(List<Note> answer) {
        long lastNanos = Line.chords(answer).getLast().stream()
                .mapToLong(Note::durationNanos)
                .max()
                .orElse(0);
        long[] sorted = answer.stream().mapToLong(Note::durationNanos).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
        return lastNanos > LONG * median;
    }

    private static boolean isCutOff(List<Note> answer) {
        long endNanos = endNanos(answer);
        long[] onsets = answer.stream()
                .filter(note -> note.offsetNanos() >= endNanos - INSTANT_NANOS)
                .sorted(Comparator.comparingLong(Note::onsetNanos))
                .mapToLong(Note::onsetNanos)
                .toArray();
        return Arrays.stream(onsets).anyMatch(onset -> onset - onsets[0] > Line.CHORD_NANOS);
    }
}
