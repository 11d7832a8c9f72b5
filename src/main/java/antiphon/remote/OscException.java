package antiphon.remote;

/** Bytes that are no OSC 1.0, or more of it than we take. The message is one line. */
final class OscException extends Exception {
    private static final long serialVersionUID = 1L;

    OscException(String message) {
        super(message);
    }
}
