package antiphon.corpus;

import antiphon.music.Encoder;
import antiphon.music.Event;
import antiphon.music.Performance;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless supply of dialogues made of pieces, as events. Every piece comes once, in random order, before any comes
 * again; then the order is drawn again. Everything depends only on the seed, so a training that is resumed after a
 * crash sees the same dialogues, and a corpus that is prepared twice is the same. One thread.
 */
public final class DialogueSupply {
    private static final long MIXER = 0xD1342543DE82EF95L;

    private final List<Piece> pieces;
    private final long seed;
    private int[] order = {};
    private long taken;

    /**
     * Makes the supply.
     *
     * @param pieces at least one
     */
    public DialogueSupply(List<Piece> pieces, long seed) {
        this.pieces = pieces;
        this.seed = seed;
    }

    /** The next dialogue, after {@link Event#PIECE_START}. */
    public int[] next() {
        long round = taken / pieces.size();
        int place = (int) (taken % pieces.size());
        if (place == 0) {
            order = order(pieces.size(), seed, round);
        }
        return dialogue(pieces.get(order[place]), seed, taken++);
    }

    /** The dialogue of this number, 0 the first of all, after {@link Event#PIECE_START}. Pure. */
    static int[] dialogue(Piece piece, long seed, long number) {
        return begun(Dialogues.make(piece, new SplittableRandom(seed * MIXER + number)));
    }

    /** A performance as events, after {@link Event#PIECE_START}. */
    static int[] begun(Performance performance) {
        int[] events = Encoder.encode(performance);
        int[] begun = new int[events.length + 1];
        begun[0] = Event.PIECE_START;
        System.arraycopy(events, 0, begun, 1, events.length);
        return begun;
    }

    /** Which piece comes when in a round, 0 the first. Pure. */
    static int[] order(int pieces, long seed, long round) {
        SplittableRandom random = new SplittableRandom(~seed * MIXER + round);
        int[] shuffled = new int[pieces];
        for (int i = 0; i < shuffled.length; i++) {
            int other = random.nextInt(i + 1);
            shuffled[i] = shuffled[other];
            shuffled[other] = i;
        }
        return shuffled;
    }
}
