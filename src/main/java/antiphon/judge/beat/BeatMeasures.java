package antiphon.judge.beat;

import java.util.Arrays;

/**
 * How well beats that were found agree with the true ones. Times in seconds, ascending; all results from 0 to 1, and 0
 * where there are too few beats to tell. Pure.
 *
 * <p>The continuity measures are those of Davies, Degara and Plumbley: Evaluation Methods for Musical Audio Beat
 * Tracking Algorithms, 2009, with their tolerance of 17.5 % of the beat, for phase and period both.
 */
public final class BeatMeasures {
    private static final double NEAR_SECONDS = 0.070;
    private static final double TOLERANCE = 0.175;

    private BeatMeasures() {}

    /**
     * Pairs of a true and a found beat within ±70 ms, no beat in two of them, as a share of the true or of the found
     * beats, whichever are more: a beat too many costs as much as one too few.
     */
    public static double near(double[] truth, double[] found) {
        int pairs = 0;
        int next = 0;
        for (double beat : truth) {
            while (next < found.length && found[next] < beat - NEAR_SECONDS) {
                next++;
            }
            if (next < found.length && found[next] <= beat + NEAR_SECONDS) {
                pairs++;
                next++;
            }
        }
        int all = Math.max(truth.length, found.length);
        return all == 0 ? 0 : (double) pairs / all;
    }

    /** Beats that lie right, and as far after the one before as they should: at the true tempo and phase (CMLt). */
    public static double cmlt(double[] truth, double[] found) {
        return continuity(truth, found);
    }

    /** The same at the true tempo, its double or half, or off the beat, whichever suits best (AMLt). */
    public static double amlt(double[] truth, double[] found) {
        double[] doubled = doubled(truth);
        double best = continuity(truth, found);
        best = Math.max(best, continuity(doubled, found));
        best = Math.max(best, continuity(everySecond(doubled, 1), found));
        best = Math.max(best, continuity(everySecond(truth, 0), found));
        return Math.max(best, continuity(everySecond(truth, 1), found));
    }

    private static double[] doubled(double[] beats) {
        double[] doubled = new double[Math.max(0, 2 * beats.length - 1)];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = (beats[i / 2] + beats[(i + 1) / 2]) / 2;
        }
        return doubled;
    }

    private static double[] everySecond(double[] beats, int from) {
        double[] half = new double[(beats.length + 1 - from) / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = beats[2 * i + from];
        }
        return half;
    }

    private static double continuity(double[] truth, double[] found) {
        if (truth.length < 2 || found.length < 2) {
            return 0;
        }
        boolean[] used = new boolean[truth.length];
        int right = 0;
        for (int i = 0; i < found.length; i++) {
            int nearest = nearest(truth, found[i]);
            // The first of either has none before it, so the interval after it counts.
            boolean first = i == 0 || nearest == 0;
            double trueInterval = interval(truth, nearest, first);
            double phase = Math.abs(found[i] - truth[nearest]) / trueInterval;
            double period = Math.abs(1 - interval(found, i, first) / trueInterval);
            if (!used[nearest] && phase < TOLERANCE && period < TOLERANCE) {
                used[nearest] = true;
                right++;
            }
        }
        return (double) right / Math.max(truth.length, found.length);
    }

    private static double interval(double[] beats, int index, boolean after) {
        int from = after && index + 1 < beats.length ? index : index - 1;
        return beats[from + 1] - beats[from];
    }

    private static int nearest(double[] beats, double time) {
        int above = Arrays.binarySearch(beats, time);
        above = above >= 0 ? above : -above - 1;
        if (above == beats.length) {
            return above - 1;
        }
        return above > 0 && time - beats[above - 1] <= beats[above] - time ? above - 1 : above;
    }
}
