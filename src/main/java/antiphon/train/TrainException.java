package antiphon.train;

/** An option, model or checkpoint that a training or tuning cannot use. The message is one line for people: where, what, allowed, what to do. */
public final class TrainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainException(String message) {
        super(message);
    }

    public TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
