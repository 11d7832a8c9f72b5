package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * When to look for the pulse while the human plays: only if they have played since the last look, and not too often,
 * because a look takes time. One thread; allocates nothing.
 */
@HotPath
public final class Looks {
    private static final long BETWEEN_NANOS = 250_000_000L;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private boolean playedSince;
    private long lookedNanos = LONG_AGO;

    /** Nobody has played, and nobody has looked. */
    public void forget() {
        playedSince = false;
        lookedNanos = LONG_AGO;
    }

    /** The human has begun a note or tapped. */
    public void played() {
        playedSince = true;
    }

    /** When the next look is due; {@link Long#MAX_VALUE} if not before the human plays. */
    public long nextNanos() {
        return playedSince ? lookedNanos + BETWEEN_NANOS : Long.MAX_VALUE;
    }

    /** Looks. */
    public void find(Pulse pulse, long nowNanos) {
        playedSince = false;
        lookedNanos = nowNanos;
        pulse.find(nowNanos);
    }
}
