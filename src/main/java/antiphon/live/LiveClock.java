package antiphon.live;

import antiphon.HotPath;
import java.util.function.LongSupplier;

/**
 * {@code System.nanoTime()}, which a warm-up can set ahead. One class for both, so that the code that is compiled in the
 * warm-up needs no second compilation for the first real note. Set by one thread, before others read.
 */
final class LiveClock implements LongSupplier {
    private long aheadNanos;

    @Override
    @HotPath
    public long getAsLong() {
        return System.nanoTime() + aheadNanos;
    }

    /** Sets the clock ahead to this time; never back. */
    void skipTo(long nanos) {
        aheadNanos += Math.max(0, nanos - getAsLong());
    }
}
