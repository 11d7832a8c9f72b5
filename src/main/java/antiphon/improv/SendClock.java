package antiphon.improv;

/** Which MIDI clock is sent to the output. */
public enum SendClock {
    /** None; what thru copies is no concern of this. */
    OFF,
    /**
     * That of the human's playing and taps; clocks that come in are not followed. While the host's transport rolls, that
     * of the transport.
     */
    OWN,
    /** That which comes in and is followed. */
    PASS;

    private static final SendClock[] ALL = values();

    /** Its number in rings and journals; see {@link #of}. */
    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    public int number() {
        return ordinal();
    }

    /** The one with this number, as {@link Control#SEND_CLOCK} carries it. */
    public static SendClock of(int number) {
        return ALL[number];
    }
}
