package antiphon.midi;

/** Told what a peer has played. On the receiving thread; must not throw. */
public interface Heard {
    /**
     * A short message.
     *
     * @param message packed, see {@link antiphon.music.Message}
     * @param nanos when it was played, on {@code System.nanoTime()}'s scale
     */
    void message(int message, long nanos);

    /** A whole system exclusive message; the array is valid only during the call. */
    void sysex(byte[] bytes, int length, long nanos);
}
