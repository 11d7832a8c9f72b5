package antiphon.dashboard;

/** The page cannot be served. The message is one line for people. */
public class DashboardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DashboardException(String message) {
        super(message);
    }
}
