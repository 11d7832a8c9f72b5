package antiphon.app;

import antiphon.midi.MidiException;

/** A port or MIDI system that is not there or cannot be opened. One line for people; the program ends with exit status 69. */
final class PortsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortsUnavailableException(String message) {
        super(message);
    }

    PortsUnavailableException(MidiException failure) {
        super(failure.getMessage(), failure);
    }
}
