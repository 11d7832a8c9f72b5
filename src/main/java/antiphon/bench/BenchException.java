package antiphon.bench;

/** Why nothing could be measured. One line for people: what was found, what is needed, what to do. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }
}
