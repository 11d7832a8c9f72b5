package antiphon.improv.part;

import antiphon.HotPath;

/**
 * How fast two hands, or the four of a duo, can play: ten keys at once, and then one more every 25 ms, so at most 50
 * note-ons in any second and 40 a second for long. Whatever the network draws, a note waits for its turn. In nearly all
 * of our corpus' music that is not written for a machine the densest second has fewer. One thread; allocates nothing.
 */
@HotPath
final class HandSpeed {
    private static final int KEYS_AT_ONCE = 10;
    private static final long NANOS_A_KEY = 25_000_000L;
    private static final long AHEAD_NANOS = (KEYS_AT_ONCE - 1) * NANOS_A_KEY;

    /** When all that was played would have been played at one key every {@link #NANOS_A_KEY}. */
    private long evenNanos = Long.MIN_VALUE / 2;

    /** The earliest time of the next note. */
    long soonestNanos() {
        return evenNanos - AHEAD_NANOS;
    }

    void played(long nanos) {
        evenNanos = Math.max(evenNanos, nanos) + NANOS_A_KEY;
    }

    /** Goes on where another is. */
    void copyFrom(HandSpeed other) {
        evenNanos = other.evenNanos;
    }
}
