package antiphon.live;

import antiphon.HotPath;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A thread that does one thing over and over, parked in between: how the engine and the player run when live. */
final class WorkLoop {
    private final Thread thread;
    private final Parking parking;
    private final LongSupplier work;
    private final BooleanSupplier hasWork;
    private final LongSupplier nanoClock;
    private final Runnable begin;
    private volatile boolean running = true;

    /**
     * Makes a loop that is not started yet.
     *
     * @param work does what there is to do and says when to be called again at the latest
     * @param hasWork true if a message waits, so that parking would be wrong
     * @param begin called once by the thread itself, before all else
     */
    WorkLoop(
            String name,
            Parking parking,
            LongSupplier work,
            BooleanSupplier hasWork,
            LongSupplier nanoClock,
            Runnable begin) {
        this.parking = parking;
        this.work = work;
        this.hasWork = hasWork;
        this.nanoClock = nanoClock;
        this.begin = begin;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Lets the current round end, then stops the thread; returns when it has stopped or the time is up. */
    void stop(long mostMillis) throws InterruptedException {
        running = false;
        parking.wake(thread);
        thread.join(mostMillis);
    }

    long threadId() {
        return thread.threadId();
    }

    private void run() {
        begin.run();
        loop();
    }

    @HotPath
    private void loop() {
        while (running) {
            long nextNanos = work.getAsLong();
            parking.park(nextNanos == Long.MAX_VALUE ? Long.MAX_VALUE : nextNanos - nanoClock.getAsLong(), hasWork);
        }
    }
}
