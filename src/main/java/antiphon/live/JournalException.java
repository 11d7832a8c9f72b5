package antiphon.live;

/** A journal cannot be read or written; the message is one line for people. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalException(String message) {
        super(message);
    }
}
