package antiphon.judge.intime;

import antiphon.music.Note;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How alike two rhythms are. Pure. */
public final class Rhythm {
    /** Intervals are told apart by half octaves: an eighth, a dotted eighth, a quarter. */
    private static final double BINS_PER_OCTAVE = 2;

    private static final double LN_2 = Math.log(2);
    private static final int LENGTH = 3;

    private Rhythm() {}

    /** Three inter-onset intervals in a row, each as half octaves of the step: the same in every tempo. */
    private record Figure(long first, long second, long third) {}

    /**
     * The share of an answer's figures of three intervals that another line has too; NaN if either has none.
     *
     * @param step of the answer's own call, in nanoseconds
     * @param otherStep of the line's own call
     */
    public static double shared(List<Note> answer, double step, List<Note> other, double otherStep) {
        Set<Figure> known = new HashSet<>(figures(other, otherStep));
        List<Figure> own = figures(answer, step);
        return known.isEmpty()
                ? Double.NaN
                : own.stream()
                        .mapToInt(each -> known.contains(each) ? 1 : 0)
                        .average()
                        .orElse(Double.NaN);
    }

    private static List<Figure> figures(List<Note> notes, double step) {
        double[] intervals = OnsetTimes.intervals(notes);
        return IntStream.rangeClosed(0, intervals.length - LENGTH)
                .mapToObj(i ->
                        new Figure(bin(intervals[i], step), bin(intervals[i + 1], step), bin(intervals[i + 2], step)))
                .toList();
    }

    /** An interval as half octaves of a step. */
    static long bin(double interval, double step) {
        return Math.round(BINS_PER_OCTAVE * Math.log(interval / step) / LN_2);
    }

    /** A pair of lines of which the rhythms are to be compared. */
    public record Pair(List<Note> one, List<Note> other) {}

    /**
     * The correlation of the logarithms of inter-onset intervals, the first with the first, the second with the second,
     * over all pairs at once; each pair counts both ways round. NaN if there is nothing to correlate.
     */
    public static double correlation(List<Pair> pairs) {
        double count = 0;
        double sum = 0;
        double squares = 0;
        double products = 0;
        for (Pair pair : pairs) {
            double[] one = OnsetTimes.intervals(pair.one);
            double[] other = OnsetTimes.intervals(pair.other);
            for (int i = 0; i < Math.min(one.length, other.length); i++) {
                double x = Math.log(one[i]);
                double y = Math.log(other[i]);
                count += 2;
                sum += x + y;
                squares += x * x + y * y;
                products += 2 * x * y;
            }
        }
        double mean = sum / count;
        double variance = squares / count - mean * mean;
        return variance > 0 ? (products / count - mean * mean) / variance : Double.NaN;
    }
}
