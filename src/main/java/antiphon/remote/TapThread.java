package antiphon.remote;

import antiphon.live.Tap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cold thread that looks at what the tap tells, often while something happens, else seldom, and not at all while nobody
 * needs it.
 */
final class TapThread {
    private static final Logger LOG = LoggerFactory.getLogger(TapThread.class);
    private static final long BUSY_NANOS = 4_000_000L;
    private static final long QUIET_NANOS = 20_000_000L;
    private static final long BUSY_FOR_NANOS = 2_000_000_000L;

    private final Tap tap;
    private final Tap.Handler handler;
    private final Runnable after;
    private final BooleanSupplier needed;
    private final Thread thread;
    private volatile boolean stopped;

    /** Nothing is read now. */
    private volatile boolean idle = true;

    /** Where to begin when something is needed again: at what comes after it was asked for. */
    private volatile Tap.Reader next;

    private boolean happened;

    /**
     * Makes a thread that does not yet run.
     *
     * @param handler told each thing that happened
     * @param after called when it has been told all that there was
     * @param needed false as long as nothing need be read
     */
    TapThread(String name, Tap tap, Tap.Handler handler, Runnable after, BooleanSupplier needed) {
        this.tap = tap;
        this.handler = handler;
        this.after = after;
        this.needed = needed;
        next = tap.newReader();
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Looks again whether it is needed. What happened before counts no more if it was not. Any thread. */
    void wake() {
        if (idle) {
            next = tap.newReader();
        }
        LockSupport.unpark(thread);
    }

    void stop() {
        stopped = true;
        wake();
    }

    private void run() {
        Tap.Reader reader = next;
        long happenedNanos = System.nanoTime() - BUSY_FOR_NANOS;
        while (!stopped) {
            if (!needed.getAsBoolean()) {
                idle = true;
                LockSupport.park(this);
                continue;
            }
            if (idle) {
                idle = false;
                reader = next;
            }
            happened = false;
            look(reader);
            long now = System.nanoTime();
            happenedNanos = happened ? now : happenedNanos;
            LockSupport.parkNanos(this, now - happenedNanos < BUSY_FOR_NANOS ? BUSY_NANOS : QUIET_NANOS);
        }
    }

    private void look(Tap.Reader reader) {
        try {
            while (reader.read(this::take)) {
                // It has been taken.
            }
            after.run();
        } catch (RuntimeException failure) {
            LOG.warn("{}: {}", thread.getName(), failure.toString());
        }
    }

    private void take(Tap.Entry entry) {
        happened |= entry.what() != Tap.ADVANCE;
        handler.take(entry);
    }
}
