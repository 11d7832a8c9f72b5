package antiphon.improv;

/** Where an answer begins, if there is a pulse. */
public enum Enter {
    /** On the next beat. */
    BEAT,
    /** On the first beat of the next bar, if the bars are known. */
    BAR;

    private static final Enter[] ALL = values();

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The place with this number, as {@link Control#ENTER} carries it. */
    public static Enter of(int number) {
        return ALL[number];
    }
}
