package antiphon.dashboard;

/** What was asked of a take cannot be done now. One line for people. */
public final class TakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TakeException(String line) {
        super(line);
    }
}
