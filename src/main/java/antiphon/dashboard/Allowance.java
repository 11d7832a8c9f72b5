package antiphon.dashboard;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** How often something may be done: so many times a second on average, and so many at once. Any thread. */
final class Allowance {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double atOnce;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private double left;
    private long lastNanos;

    Allowance(double perSecond, double atOnce, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.nanoClock = nanoClock;
        left = atOnce;
        lastNanos = nanoClock.getAsLong();
    }

    /** True if it may not be done now. */
    boolean isSpent() {
        lock.lock();
        try {
            refill();
            return left < 1;
        } finally {
            lock.unlock();
        }
    }

    private void refill() {
        long now = nanoClock.getAsLong();
        left = Math.min(atOnce, left + (now - lastNanos) / NANOS_PER_SECOND * perSecond);
        lastNanos = now;
    }

    /** True if it may be done once more now; then it counts as done. */
    boolean take() {
        lock.lock();
        try {
            refill();
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
