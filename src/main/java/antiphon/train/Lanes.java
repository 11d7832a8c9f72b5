package antiphon.train;

import antiphon.corpus.DialogueSupply;
import antiphon.corpus.Piece;
import antiphon.improv.listen.Places;
import java.util.Arrays;
import java.util.List;

/**
 * An endless supply of training windows: several dialogues side by side, each lane taking a new one from the
 * {@link DialogueSupply} when its own is used up.
 *
 * <p>A dialogue fills whole windows and begins with its first: what is left at its end is dropped, and one shorter
 * than a window shares it with the next.
 */
final class Lanes {
    private final List<Piece> pieces;
    private final int window;
    private final DialogueSupply supply;
    private final Places places = new Places();
    private final int[][] buffers;
    private final int[][] placed;
    private final int[] positions;

    /**
     * Makes the supply.
     *
     * @param pieces at least one
     * @param window predictions in a window
     */
    Lanes(List<Piece> pieces, int lanes, int window, long seed) {
        this.pieces = pieces;
        this.window = window;
        supply = new DialogueSupply(pieces, seed);
        buffers = new int[lanes][];
        placed = new int[lanes][];
        positions = new int[lanes];
        Arrays.setAll(buffers, lane -> new int[0]);
    }

    /** Windows after which every piece has come about once. */
    int windowsPerEpoch() {
        long events = pieces.stream()
                .mapToLong(piece -> 2L * piece.performance().notes().size())
                .sum();
        return (int) Math.max(1, Math.round((double) events / window / buffers.length));
    }

    /** Moves on by some windows, as if they had been taken. */
    void skip(long windows) {
        for (long i = 0; i < windows; i++) {
            for (int lane = 0; lane < buffers.length; lane++) {
                advance(lane);
            }
        }
    }

    Batch next() {
        int[][] events = new int[buffers.length][];
        int[][] fallen = new int[buffers.length][];
        boolean[] fresh = new boolean[buffers.length];
        for (int lane = 0; lane < buffers.length; lane++) {
            fresh[lane] = advance(lane);
            int end = positions[lane];
            events[lane] = Arrays.copyOfRange(buffers[lane], end - window, end + 1);
            fallen[lane] = Arrays.copyOfRange(placed[lane], end - window, end + 1);
        }
        return new Batch(events, fallen, fresh);
    }

    /** Moves a lane by one window; true if that begins a dialogue. */
    private boolean advance(int lane) {
        positions[lane] += window;
        if (positions[lane] < buffers[lane].length) {
            return false;
        }
        int[] events = dialogues();
        buffers[lane] = events;
        placed[lane] = new int[events.length];
        Arrays.setAll(placed[lane], i -> places.hear(events[i], true));
        positions[lane] = window;
        return true;
    }

    /** One, or as many as fill a window. */
    private int[] dialogues() {
        int[] events = supply.next();
        while (events.length <= window) {
            int[] more = supply.next();
            int size = events.length;
            events = Arrays.copyOf(events, size + more.length);
            System.arraycopy(more, 0, events, size, more.length);
        }
        return events;
    }
}
