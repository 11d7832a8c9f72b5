package antiphon.midi;

/** The MIDI system asked for is not there at all: no fault of it or of the user, and another one may be taken. */
public final class NoServerException extends MidiException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what is missing and how to get it, without a full stop */
    public NoServerException(String reason) {
        super(reason + ", or use --backend javasound.");
        this.reason = reason;
    }

    /** What is missing and how to get it, without a full stop. */
    public String reason() {
        return reason;
    }
}
