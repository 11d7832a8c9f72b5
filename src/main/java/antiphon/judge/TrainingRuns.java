package antiphon.judge;

import antiphon.corpus.Piece;
import java.util.Arrays;
import java.util.List;

/**
 * The training data as runs of intervals, in which runs of an answer can be found: a sorted index of every {@value
 * #SEED} intervals in a row. A match is followed from there to its end. Exact. Immutable.
 */
final class TrainingRuns {
    /** Shorter runs occur in all music and prove nothing. */
    static final int SEED = 4;

    /** A number between two pieces that is no interval. */
    private static final int SEPARATOR = 1_000;

    private static final int INTERVAL_BITS = 8;

    /** All pieces in a row. */
    private final int[] steps;

    /** The intervals at a place, then the place, in one number each. */
    private final long[] index;

    /** @param training the pieces; empty if there is no training data */
    TrainingRuns(List<Piece> training) {
        int[][] pieces = training.stream()
                .map(piece -> Onsets.of(piece.performance().notes()).steps())
                .toArray(int[][]::new);
        steps = new int
                [Arrays.stream(pieces).mapToInt(piece -> piece.length + 1).sum()];
        index = new long[steps.length];
        int size = 0;
        int indexed = 0;
        for (int[] piece : pieces) {
            System.arraycopy(piece, 0, steps, size, piece.length);
            steps[size + piece.length] = SEPARATOR;
            for (int from = 0; from + SEED <= piece.length; from++) {
                index[indexed++] = key(piece, from) << Integer.SIZE | (size + from);
            }
            size += piece.length + 1;
        }
        Arrays.fill(index, indexed, index.length, Long.MAX_VALUE);
        Arrays.sort(index);
    }

    private static long key(int[] from, int place) {
        long key = 0;
        for (int i = 0; i < SEED; i++) {
            key = key << INTERVAL_BITS | (from[place + i] & 0xFF);
        }
        return key;
    }

    boolean isEmpty() {
        return steps.length == 0;
    }

    /** The notes of the longest run that the training data has too; 0 if it is shorter than {@value #SEED} intervals. */
    double longest(int[] answer) {
        int best = 0;
        for (int from = 0; from + SEED <= answer.length; from++) {
            long key = key(answer, from) << Integer.SIZE;
            int found = Arrays.binarySearch(index, key);
            for (int i = found < 0 ? -found - 1 : found; i < index.length && isSameKey(index[i], key); i++) {
                int place = (int) index[i];
                int length = Arrays.mismatch(answer, from, answer.length, steps, place, steps.length);
                best = Math.max(best, length < 0 ? answer.length - from : length);
            }
        }
        return best == 0 ? 0 : best + 1;
    }

    private static boolean isSameKey(long one, long other) {
        return one >>> Integer.SIZE == other >>> Integer.SIZE && one != Long.MAX_VALUE;
    }
}
