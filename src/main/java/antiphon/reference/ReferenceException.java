package antiphon.reference;

/** Counts that cannot be made, read or written. The message is one line for people: where, what, allowed, what to do. */
public final class ReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReferenceException(String message) {
        super(message);
    }

    ReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
