package antiphon.midi.jack;

import antiphon.HotPath;

/**
 * Follows what must be added to JACK's time to get {@code System.nanoTime()}. Process callback only.
 *
 * <p>Not a constant: JACK 2 counts CLOCK_MONOTONIC_RAW, nanoTime CLOCK_MONOTONIC, which NTP speeds up or slows down.
 * At 100 parts in a million (seen on the machine this was built on) they drift apart by 0.36 s in an hour. So the offset
 * is measured in every cycle. It is followed slowly, because one measurement is exact only to a microsecond.
 */
final class ClockOffset {
    /** Each measurement corrects this fraction (one sixteenth) of the difference. */
    private static final int SHARE = 16;

    /** Further apart than this is no drift: a clock was set, or the computer slept. */
    private static final long STEP_NANOS = 1_000_000;

    /** A measurement that took longer was interrupted and says nothing. */
    private static final long SLOW_NANOS = 20_000;

    private long nanos;
    private boolean known;

    /**
     * @param before nanoTime before JACK's time was read
     * @param jackMicros JACK's time
     * @param after nanoTime after
     * @return what to add, in nanoseconds
     */
    @HotPath
    long follow(long before, long jackMicros, long after) {
        // JACK cuts off what is below a microsecond: half of one on average.
        long measured = before + (after - before) / 2 - (jackMicros * 1000 + 500);
        if (!known) {
            nanos = measured;
            known = true;
        } else if (after - before <= SLOW_NANOS) {
            long difference = measured - nanos;
            nanos += Math.abs(difference) > STEP_NANOS ? difference : difference / SHARE;
        }
        return nanos;
    }
}
