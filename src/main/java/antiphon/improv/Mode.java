package antiphon.improv;

/** How the partner takes part: the name of a {@link Part}. */
public enum Mode {
    /** Listens to a phrase; when it ends, answers with one of its own, then listens again. */
    CALL,
    /** When the human pauses, plays on from where they stopped, as if it were them, until they play again. */
    CONTINUE,
    /** Plays one voice with each note of the human's, and releases it with their key. */
    HARMONY,
    /** Hears everything and plays nothing. */
    LISTEN,
    /** Takes turns of so many bars, as in trading fours; here because journals carry the numbers of those above. */
    TRADE,
    /** Plays at the same time as the human: in their key, beside their register, in the room that they leave. */
    DUET,
    /** Plays a line over the chords of the human's left hand. */
    FOLLOW;

    private static final Mode[] ALL = values();

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The mode with this number, as {@link Control#MODE} carries it. */
    public static Mode of(int number) {
        return ALL[number];
    }
}
