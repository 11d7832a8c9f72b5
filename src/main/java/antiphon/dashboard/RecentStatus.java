package antiphon.dashboard;

import antiphon.status.Status;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status, which costs too much to be made for each request: made when somebody asks, and told to all who ask within a
 * tenth of a second. Any thread.
 */
final class RecentStatus implements Supplier<Status> {
    static final long MAX_AGE_NANOS = 100_000_000L;

    private final Supplier<Status> source;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Status made;
    private long madeNanos;

    RecentStatus(Supplier<Status> source, LongSupplier nanoClock) {
        this.source = source;
        this.nanoClock = nanoClock;
    }

    @Override
    public Status get() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            Status known = made;
            if (known == null || now - madeNanos >= MAX_AGE_NANOS) {
                known = source.get();
                made = known;
                madeNanos = now;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
