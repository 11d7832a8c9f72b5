package antiphon.improv;

/** What becomes of the motifs that were heard. */
public enum Memory {
    /** They are not taken up. */
    OFF,
    /** They are taken up until the session ends. */
    SESSION,
    /** They are taken up, and those of earlier sessions too. */
    KEPT;

    private static final Memory[] ALL = values();

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The one with this number, as {@link Control#MEMORY} carries it. */
    public static Memory of(int number) {
        return ALL[number];
    }
}
