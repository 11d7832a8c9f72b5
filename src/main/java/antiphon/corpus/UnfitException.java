package antiphon.corpus;

/**
 * Music that is left out of a corpus on purpose. The message is the reason, in words that are the same for all pieces
 * with this reason.
 */
final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String reason) {
        super(reason);
    }
}
