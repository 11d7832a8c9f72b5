package antiphon.live;

import antiphon.HotPath;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A thread that runs one agent, parked whenever there is nothing to do: how engine and sender run when live. Whatever
 * is thrown, errors too, the thread lives on: without it no note would end.
 */
final class AgentRunner {
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000L;

    private final Thread thread;
    private final Agent agent;
    private final Parking parking;
    private final BooleanSupplier hasWork;
    private final LongSupplier nanoClock;
    private final Runnable begin;
    private final AtomicLong failures;
    private final AtomicLong passes = new AtomicLong();
    private volatile boolean running = true;

    /**
     * Makes a runner that is not started yet.
     *
     * @param parking what wakes the agent when something waits for it
     * @param begin called once by the thread itself, before the agent begins
     * @param failures counts what is thrown, besides what the agent counts itself
     */
    AgentRunner(Agent agent, Parking parking, LongSupplier nanoClock, Runnable begin, AtomicLong failures) {
        this.agent = agent;
        this.parking = parking;
        this.nanoClock = nanoClock;
        this.begin = begin;
        this.failures = failures;
        hasWork = agent::hasWork;
        thread = new Thread(this::run, agent.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread after the current piece of work. Returns when it has ended or the time is up. */
    void stop(long maxMillis) throws InterruptedException {
        running = false;
        parking.wake(thread);
        thread.join(maxMillis);
    }

    /** How many pieces of work were ended so far. Any thread. */
    long passes() {
        return passes.get();
    }

    /** Lets it do a piece of work, also when there is nothing to do. Any thread. */
    void wake() {
        parking.wake(thread);
    }

    long threadId() {
        return thread.threadId();
    }

    private void run() {
        begin(begin);
        begin(agent::begin);
        while (running) {
            try {
                loop();
            } catch (Throwable failure) {
                failures.incrementAndGet();
                LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }

    private void begin(Runnable beginning) {
        try {
            beginning.run();
        } catch (Throwable failure) {
            failures.incrementAndGet();
        }
    }

    @HotPath
    private void loop() {
        while (running) {
            long nextNanos = agent.doWork();
            passes.lazySet(passes.getPlain() + 1);
            parking.park(nextNanos == Long.MAX_VALUE ? Long.MAX_VALUE : nextNanos - nanoClock.getAsLong(), hasWork);
        }
    }
}
