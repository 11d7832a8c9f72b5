package antiphon.improv;

import antiphon.HotPath;
import org.jspecify.annotations.Nullable;

/** Other minds that wait for their moment to take over, if there are any. One thread; allocates nothing. */
@HotPath
public final class Succession {
    /** How long a successor waits for a rest; after that it takes over between two events. */
    private static final long MAX_WAIT_NANOS = 8_000_000_000L;

    private @Nullable Successors successors;
    private long succeedsNanos;

    /**
     * These wait from now on, in place of others that may have waited.
     *
     * @param next made by {@link Ensemble#successors}
     */
    public void prepare(Successors next, long nanos) {
        successors = next;
        succeedsNanos = nanos + MAX_WAIT_NANOS;
    }

    /**
     * Feeds the first part's one event that it has not had yet.
     *
     * @return false if it has had every event, or there is none
     */
    public boolean feed() {
        Successors next = successors;
        return next != null && next.first().catchUp();
    }

    /** True if there are any. */
    public boolean isWaiting() {
        return successors != null;
    }

    /** For which parts beside the first there are any: see {@link Successors#which}. */
    public int which() {
        Successors next = successors;
        return next == null ? 0 : next.which();
    }

    /**
     * True if they can take over now.
     *
     * @param quiet nobody would notice
     */
    boolean canTakeOver(long nanos, boolean quiet) {
        return successors != null && (quiet || nanos >= succeedsNanos);
    }

    /** Those who take over now, who wait no more; null if there are none. */
    @Nullable
    Successors take() {
        Successors next = successors;
        successors = null;
        return next;
    }
}
