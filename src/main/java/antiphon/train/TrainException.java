package antiphon.train;

/** A corpus, option or checkpoint that cannot be used. The message is one line for people: where, what, allowed, what to do. */
public final class TrainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainException(String message) {
        super(message);
    }

    public TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
