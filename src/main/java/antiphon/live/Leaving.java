package antiphon.live;

import antiphon.HotPath;

/**
 * Turns the times at which messages are heard into those at which they leave: earlier by what the synthesiser takes to
 * sound. When that is changed, nothing leaves before what was handed over until then, so that no note ends before it
 * begins. The engine's thread.
 */
@HotPath
final class Leaving implements Outlet {
    private final Outlet outlet;
    private long offsetNanos;

    /** When the last of what was handed over leaves. */
    private long latestNanos = Long.MIN_VALUE;

    /** The same of what was handed over before the last change. */
    private long notBeforeNanos = Long.MIN_VALUE;

    /** @param offsetNanos how long before it is heard a message leaves */
    Leaving(Outlet outlet, long offsetNanos) {
        this.outlet = outlet;
        this.offsetNanos = offsetNanos;
    }

    /**
     * From now on messages leave so long before they are heard.
     *
     * @param immediateNanos how long after another message one is heard that answers it at once
     */
    void leaveEarlier(long nanos, long immediateNanos) {
        if (nanos != offsetNanos) {
            offsetNanos = nanos;
            notBeforeNanos = latestNanos;
        }
        answersAfter(immediateNanos);
    }

    /** {@inheritDoc} Here that is when it is heard. */
    @Override
    public boolean send(int message, long dueNanos, long causeNanos) {
        long leavesNanos = Math.max(dueNanos - offsetNanos, notBeforeNanos);
        if (!outlet.send(message, leavesNanos, causeNanos)) {
            return false;
        }
        latestNanos = Math.max(latestNanos, leavesNanos);
        return true;
    }

    @Override
    public void answersAfter(long immediateNanos) {
        outlet.answersAfter(immediateNanos - offsetNanos);
    }

    @Override
    public boolean isEmpty() {
        return outlet.isEmpty();
    }
}
