package antiphon.judge.whole;

import java.util.Arrays;

/**
 * How far an answer changes what it takes up. Each six notes in a row of the answer's line, five intervals, are compared
 * with each such figure of the call by the edit distance of the intervals (Levenshtein 1966; for tunes Mongeau and
 * Sankoff 1990): dropping, adding or replacing an interval costs 1, but to replace one by another of the same direction
 * and at most two semitones wider or narrower costs a half, as when a motif moves within its key. Divided by five, and
 * of all figures of the call the nearest counts. Up to {@value #NEAR} the figure is taken up. One repeated pitch is no
 * figure. Immutable.
 *
 * @param takenUp share of the answer's figures that are taken up; 0 for an answer without figures, NaN if the call has
 *     none
 * @param distance mean of those taken up: 0 quoted, {@value #NEAR} as much changed as possible; NaN without any
 */
public record Variation(double takenUp, double distance) {
    /** Two of the five intervals are others, or four are a little wider or narrower. */
    static final double NEAR = 0.4;

    private static final int LENGTH = 5;

    /** At most this many semitones more or fewer are the same step in another place of the key. */
    private static final int SAME_STEP = 2;

    /** Counted in halves, so that all stays whole. */
    private static final int COST = 2;

    /** Compares two lines. */
    public static Variation of(Line call, Line answer) {
        int[][] known = figures(call);
        if (Arrays.stream(known).allMatch(Variation::isOnePitch)) {
            return new Variation(Double.NaN, Double.NaN);
        }
        int[][] own = figures(answer);
        int takenUp = 0;
        double sum = 0;
        for (int[] figure : own) {
            double distance = isOnePitch(figure) ? 1 : nearest(figure, known);
            if (distance <= NEAR) {
                takenUp++;
                sum += distance;
            }
        }
        return new Variation(
                own.length == 0 ? 0 : (double) takenUp / own.length, takenUp == 0 ? Double.NaN : sum / takenUp);
    }

    private static int[][] figures(Line line) {
        int[] intervals = line.intervals();
        int[][] figures = new int[Math.max(0, intervals.length - LENGTH + 1)][];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = Arrays.copyOfRange(intervals, i, i + LENGTH);
        }
        return figures;
    }

    private static boolean isOnePitch(int[] figure) {
        return Arrays.stream(figure).allMatch(interval -> interval == 0);
    }

    private static double nearest(int[] figure, int[][] known) {
        int nearest = LENGTH * COST;
        for (int[] other : known) {
            if (!isOnePitch(other)) {
                nearest = Math.min(nearest, edits(figure, other));
            }
        }
        return (double) nearest / (LENGTH * COST);
    }

    /** The edit distance in halves, one row of the table at a time. */
    private static int edits(int[] from, int[] to) {
        int[] row = new int[to.length + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j * COST;
        }
        for (int interval : from) {
            int diagonal = row[0];
            row[0] += COST;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + cost(interval, to[j - 1]);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + COST);
            }
        }
        return row[to.length];
    }

    private static int cost(int one, int other) {
        if (one == other) {
            return 0;
        }
        boolean sameStep = Integer.signum(one) == Integer.signum(other) && Math.abs(one - other) <= SAME_STEP;
        return sameStep ? COST / 2 : COST;
    }
}
