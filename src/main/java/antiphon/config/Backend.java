package antiphon.config;

/** The MIDI systems that {@code midi.backend} names. */
public enum Backend {
    /** The first of the others that answers. */
    AUTO,
    JACK,
    ALSA,
    COREMIDI,
    JAVASOUND,
    /** A network. */
    RTP,
    /** Our plugin in a DAW. */
    LV2,
    /** No ports at all. */
    NONE
}
