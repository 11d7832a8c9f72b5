package antiphon.midi;

/**
 * Receives what comes in at an input port, on the device's own thread (for JACK: the real-time process callback).
 * Implementations must not allocate, lock, block or throw.
 */
@FunctionalInterface
public interface MidiReceiver {
    /** Longer system exclusive messages are counted and dropped, and never reach a receiver. */
    int MAX_LONG_BYTES = 64 * 1024;

    /**
     * @param message packed, see {@link antiphon.music.Message}
     * @param nanos when it arrived, on {@code System.nanoTime()}'s scale; may lie a period in the past
     */
    void receive(int message, long nanos);

    /**
     * A system exclusive message. The array is reused: valid only during the call.
     *
     * @param bytes starts with 0xF0
     * @param length of the message in bytes, at most {@link #MAX_LONG_BYTES}; the rest of the array is of older
     *     messages
     */
    default void receiveLong(byte[] bytes, int length, long nanos) {}
}
