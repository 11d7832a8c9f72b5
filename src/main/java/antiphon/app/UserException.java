package antiphon.app;

/** Something that the user can correct. One line for people; the program ends with exit status 1. */
final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserException(String message) {
        super(message);
    }
}
