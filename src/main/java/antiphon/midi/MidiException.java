package antiphon.midi;

/** A port or MIDI file that cannot be used. The message is one line for people: where, what, allowed, what to do. */
public class MidiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MidiException(String message) {
        super(message);
    }

    public MidiException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A connection that a back end cannot make. */
    public static MidiException notConnected(String backend, String source, String destination) {
        return new MidiException(backend + ": cannot connect \"" + source + "\" to \"" + destination
                + "\"; both must be there. Run: antiphon ports");
    }
}
