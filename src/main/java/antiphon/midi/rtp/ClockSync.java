package antiphon.midi.rtp;

import antiphon.HotPath;

/**
 * The difference between a peer's clock and ours, by AppleMIDI's exchanges of three time stamps. Of the last exchanges the
 * quickest counts: whatever makes one slow makes it wrong, too. One thread.
 */
final class ClockSync {
    private static final int SAMPLES = 8;

    /** An exchange that took longer tells nothing. */
    private static final long MAX_DELAY_NANOS = 1_000_000_000L;

    /** A message is not said to be older than this: it is late for whoever answers it. */
    private static final long MAX_AGE_NANOS = 20_000_000L;

    /** A time stamp that is farther from now than this is of another clock. */
    private static final long MAX_DIFFERENCE_NANOS = 2_000_000_000L;

    private final long[] offsets = new long[SAMPLES];
    private final long[] delays = new long[SAMPLES];
    private int count;
    private long offsetNanos;

    /**
     * Takes the result of an exchange.
     *
     * @param offset what is added to the peer's time to get ours, in nanoseconds
     * @param delay how long it took, there and back
     */
    void add(long offset, long delay) {
        if (delay < 0 || delay > MAX_DELAY_NANOS) {
            return;
        }
        offsets[count % SAMPLES] = offset;
        delays[count % SAMPLES] = delay;
        count++;
        int best = 0;
        for (int i = 1; i < Math.min(count, SAMPLES); i++) {
            best = delays[i] < delays[best] ? i : best;
        }
        offsetNanos = offsets[best];
    }

    /** What is added to the peer's time to get ours. Meaningless before the first exchange. */
    long offsetNanos() {
        return offsetNanos;
    }

    /**
     * When a packet was sent, on our clock, as far as that can be: not after now, nor long before.
     *
     * @param timestamp of the packet: the low 32 bits of the peer's ticks
     */
    @HotPath
    long sentNanos(int timestamp, long nowNanos) {
        if (count == 0) {
            return nowNanos;
        }
        int peersNow = (int) Math.floorDiv(nowNanos - offsetNanos, Wire.TICK_NANOS);
        long difference = (timestamp - peersNow) * Wire.TICK_NANOS;
        if (Math.abs(difference) > MAX_DIFFERENCE_NANOS) {
            return nowNanos;
        }
        return nowNanos + Math.clamp(difference, -MAX_AGE_NANOS, 0);
    }
}
