package antiphon.app;

/** Something the user can put right. One line for people; the program ends with exit status 1. */
final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
