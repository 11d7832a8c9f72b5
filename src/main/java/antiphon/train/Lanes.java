package antiphon.train;

import antiphon.music.Encoder;
import antiphon.music.Event;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless supply of training windows: several dialogues side by side, each lane taking a new one when its own is
 * used up. Every piece comes once before any comes again. The order depends on the seed alone, so that training
 * resumed after a crash sees what it would have seen.
 *
 * <p>A dialogue fills whole windows and begins with its first: what is left at its end is dropped, and one shorter
 * than a window shares it with the next.
 */
final class Lanes {
    private final List<Piece> pieces;
    private final int window;
    private final long seed;
    private final int[][] buffers;
    private final int[] positions;
    private int[] order = {};
    private long taken;

    /**
     * Makes the supply.
     *
     * @param pieces at least one
     * @param window predictions in a window
     */
    Lanes(List<Piece> pieces, int lanes, int window, long seed) {
        this.pieces = pieces;
        this.window = window;
        this.seed = seed;
        buffers = new int[lanes][];
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
        boolean[] fresh = new boolean[buffers.length];
        for (int lane = 0; lane < buffers.length; lane++) {
            fresh[lane] = advance(lane);
            int end = positions[lane];
            events[lane] = Arrays.copyOfRange(buffers[lane], end - window, end + 1);
        }
        return new Batch(events, fresh);
    }

    /** Moves a lane by one window; true if that begins a dialogue. */
    private boolean advance(int lane) {
        positions[lane] += window;
        if (positions[lane] < buffers[lane].length) {
            return false;
        }
        int[] events = dialogue();
        while (events.length <= window) {
            int[] more = dialogue();
            int size = events.length;
            events = Arrays.copyOf(events, size + more.length);
            System.arraycopy(more, 0, events, size, more.length);
        }
        buffers[lane] = events;
        positions[lane] = window;
        return true;
    }

    private int[] dialogue() {
        long round = taken / pieces.size();
        int place = (int) (taken % pieces.size());
        if (place == 0) {
            order = shuffled(round);
        }
        SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L + taken);
        taken++;
        int[] events = Encoder.encode(Dialogues.make(pieces.get(order[place]), random));
        int[] begun = new int[events.length + 1];
        begun[0] = Event.PIECE_START;
        System.arraycopy(events, 0, begun, 1, events.length);
        return begun;
    }

    private int[] shuffled(long round) {
        SplittableRandom random = new SplittableRandom(~seed * 0xD1342543DE82EF95L + round);
        int[] shuffled = new int[pieces.size()];
        for (int i = 0; i < shuffled.length; i++) {
            int other = random.nextInt(i + 1);
            shuffled[i] = shuffled[other];
            shuffled[other] = i;
        }
        return shuffled;
    }
}
