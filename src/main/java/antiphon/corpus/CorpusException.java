package antiphon.corpus;

/** Music that cannot be read, divided or written as a corpus. The message is one line for people: where, what, allowed, what to do. */
public class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorpusException(String message) {
        super(message);
    }

    CorpusException(String message, Throwable cause) {
        super(message, cause);
    }
}
