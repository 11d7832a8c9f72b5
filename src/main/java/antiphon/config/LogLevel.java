package antiphon.config;

/** What {@code log.level} lets through: itself and all that is graver. */
public enum LogLevel {
    /** What does not work. */
    ERROR,
    /** What could work better. */
    WARN,
    /** What is worth knowing. */
    INFO,
    /** What helps to find a fault of the program's own. */
    DEBUG
}
