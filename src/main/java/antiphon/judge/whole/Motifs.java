package antiphon.judge.whole;

import java.util.HashSet;
import java.util.Set;

/**
 * The motifs of a line: three intervals in a row, which are the same in every key; four pitches in a row; and for rhythm
 * three ratios of time in a row ({@link Line#ratios}), which are the same in every tempo. Four times the same pitch is
 * a motif that nobody takes up: else one repeated note would be full of them. Immutable.
 */
public final class Motifs {
    private static final int LENGTH = 3;

    /** Greater than any value of a motif. */
    private static final long BASE = 256;

    private static final int OFFSET = 128;

    private final long[] intervals;
    private final long[] pitches;
    private final long[] rhythms;
    private final Set<Long> knownIntervals;
    private final Set<Long> knownPitches;
    private final Set<Long> knownRhythms;

    private Motifs(long[] intervals, long[] pitches, long[] rhythms) {
        this.intervals = intervals;
        this.pitches = pitches;
        this.rhythms = rhythms;
        knownIntervals = set(intervals);
        knownPitches = set(pitches);
        knownRhythms = set(rhythms);
    }

    /** All motifs of a line. */
    public static Motifs of(Line line) {
        int[] steps = line.intervals();
        long[] intervals = threes(steps);
        long[] pitches = new long[intervals.length];
        for (int i = 0; i < pitches.length; i++) {
            // The first pitch and the three intervals are the four pitches.
            pitches[i] = intervals[i] + line.pitch(i) * BASE * BASE * BASE;
        }
        return new Motifs(unrepeated(intervals, steps), unrepeated(pitches, steps), threes(line.ratios()));
    }

    /**
     * The share of the answer's motifs of intervals that its call has too, in any key; 0 for an answer without motifs.
     *
     * @return NaN if the call has none that could be taken up
     */
    public static double anyKey(Motifs call, Motifs answer) {
        return share(call.knownIntervals, answer.intervals);
    }

    /** The same at the same pitches. */
    public static double atPitch(Motifs call, Motifs answer) {
        return share(call.knownPitches, answer.pitches);
    }

    /** The same of rhythms. */
    public static double rhythm(Motifs call, Motifs answer) {
        return share(call.knownRhythms, answer.rhythms);
    }

    private static double share(Set<Long> known, long[] own) {
        if (known.isEmpty()) {
            return Double.NaN;
        }
        int shared = 0;
        for (long motif : own) {
            shared += known.contains(motif) ? 1 : 0;
        }
        return own.length == 0 ? 0 : (double) shared / own.length;
    }

    private static long[] threes(int[] values) {
        long[] motifs = new long[Math.max(0, values.length - LENGTH + 1)];
        for (int i = 0; i < motifs.length; i++) {
            for (int j = 0; j < LENGTH; j++) {
                motifs[i] = motifs[i] * BASE + values[i + j] + OFFSET;
            }
        }
        return motifs;
    }

    /** The motifs with a number that is none in place of each repeated pitch. */
    private static long[] unrepeated(long[] motifs, int[] steps) {
        long[] cleaned = motifs.clone();
        for (int i = 0; i < cleaned.length; i++) {
            if (steps[i] == 0 && steps[i + 1] == 0 && steps[i + 2] == 0) {
                cleaned[i] = -1;
            }
        }
        return cleaned;
    }

    private static Set<Long> set(long[] motifs) {
        Set<Long> set = new HashSet<>();
        for (long motif : motifs) {
            if (motif >= 0) {
                set.add(motif);
            }
        }
        return set;
    }
}
