package antiphon.midi;

/**
 * Hears what comes in at an input port, on the device's own thread (for JACK: the real-time process callback).
 * Implementations must not allocate, lock, block or throw.
 */
@FunctionalInterface
public interface MidiReceiver {
    /**
     * @param message packed, see {@link antiphon.music.Message}
     * @param nanos when it arrived, on {@code System.nanoTime()}'s scale; may lie a period in the past
     */
    void receive(int message, long nanos);

    /**
     * A system exclusive message. The array is reused: valid only during the call.
     *
     * @param bytes starts with 0xF0
     * @param length bytes that count
     */
    default void receiveLong(byte[] bytes, int length, long nanos) {}
}
