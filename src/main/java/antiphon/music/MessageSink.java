package antiphon.music;

/** Takes packed short MIDI {@link Message}s with the time they are due. */
@FunctionalInterface
public interface MessageSink {
    /**
     * @param message packed, see {@link Message}
     * @param dueNanos on the clock both sides share, {@code System.nanoTime()} when live
     */
    void send(int message, long dueNanos);
}
