package antiphon.judge;

/** A judgement that cannot be made or written. The message is one line for people: where, what, allowed, what to do. */
public final class JudgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JudgeException(String message) {
        super(message);
    }

    public JudgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
