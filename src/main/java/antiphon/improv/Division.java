package antiphon.improv;

/** What the beat is divided into, of which an answer keeps to the parts. */
public enum Division {
    /** What the human divides it into. */
    AUTO(0),
    EIGHTHS(2),
    TRIPLETS(3),
    SIXTEENTHS(4);

    private static final Division[] ALL = values();

    private final int stepsPerBeat;

    Division(int stepsPerBeat) {
        this.stepsPerBeat = stepsPerBeat;
    }

    /** Parts of a beat; 0 if the human's playing says how many. */
    public int stepsPerBeat() {
        return stepsPerBeat;
    }

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The division with this number, as {@link Control#DIVISION} carries it. */
    public static Division of(int number) {
        return ALL[number];
    }
}
