package antiphon.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Which pieces the network learns from and which judge it: about 80, 10 and 10 of a hundred.
 *
 * <p>Decided by a hash of the piece's name alone, so that a piece never changes sides when others come or go, and no
 * model is ever judged by a piece that an earlier one learned.
 */
public enum Split {
    TRAIN,
    VALID,
    TEST;

    private static final int TEST_PERCENT = 10;
    private static final int VALID_PERCENT = 10;

    /** The side of a piece. */
    public static Split of(String pieceName) {
        long bucket = Long.remainderUnsigned(hash(pieceName), 100);
        if (bucket < TEST_PERCENT) {
            return TEST;
        }
        return bucket < TEST_PERCENT + VALID_PERCENT ? VALID : TRAIN;
    }

    /** The pieces of this side, in their order. */
    public List<Piece> select(List<Piece> pieces) {
        return pieces.stream().filter(piece -> of(piece.name()) == this).toList();
    }

    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
