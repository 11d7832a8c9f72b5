package antiphon.config;

/** What {@code midi.connect} says of ports that nobody named. */
public enum Connect {
    /** Whoever plays connects them. */
    MANUAL,
    /** The first hardware keyboard and the first synthesiser. */
    AUTO
}
