package antiphon.dashboard;

/** What was asked of a lesson cannot be done now. One line for people. */
public final class LessonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Kind {
        /** The state that it is in. */
        CONFLICT,
        /** What was given cannot be used. */
        UNFIT,
        /** It is more than is allowed. */
        TOO_LARGE,
        /** The disk has no room. */
        NO_ROOM
    }

    private final Kind kind;

    public LessonException(Kind kind, String line) {
        super(line);
        this.kind = kind;
    }

    /** What stands in the way. */
    public Kind kind() {
        return kind;
    }
}
