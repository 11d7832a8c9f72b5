package antiphon.live;

/** A clock that passes only when told, for agents that are driven by hand. */
final class HandClock {
    private static final long START_NANOS = 5_000_000_000L;

    private long nanos = START_NANOS;

    long nanos() {
        return nanos;
    }

    /** Time in which nothing works, as while the process is stopped. */
    void standStill(long span) {
        nanos += span;
    }

    /** Time in which the agents do what is due now and what becomes due meanwhile. */
    void pass(long span, Agent agents) {
        long endNanos = nanos + span;
        long nextNanos = agents.doWork();
        while (nextNanos < endNanos) {
            nanos = Math.max(nanos, nextNanos);
            nextNanos = agents.doWork();
        }
        // Looking at it may take time too: it never goes back.
        nanos = Math.max(nanos, endNanos);
    }
}
