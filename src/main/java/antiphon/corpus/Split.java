package antiphon.corpus;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Which pieces the network learns from and which judge it: about 80, 10 and 10 of a hundred.
 *
 * <p>Decided only by the piece's group, its composer or performer, if it has one: the same work in another edition or
 * by another pianist must not be on both sides. Otherwise decided only by the {@link Fingerprint} of the piece. So a
 * piece never changes sides when others come or go or when it is renamed, moved or transposed.
 */
public enum Split {
    TRAIN,
    VALID,
    TEST;

    private static final int TEST_PERCENT = 10;
    private static final int VALID_PERCENT = 10;

    /** The side of a piece. */
    public static Split of(Piece piece) {
        byte[] digest =
                piece.group().isEmpty() ? Fingerprint.of(piece.performance()) : Fingerprint.ofGroup(piece.group());
        long bucket = Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), 100);
        if (bucket < TEST_PERCENT) {
            return TEST;
        }
        return bucket < TEST_PERCENT + VALID_PERCENT ? VALID : TRAIN;
    }

    /** The pieces of this side, in their order. */
    public List<Piece> select(List<Piece> pieces) {
        return pieces.stream().filter(piece -> of(piece) == this).toList();
    }
}
