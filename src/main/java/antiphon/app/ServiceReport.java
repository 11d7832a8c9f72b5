package antiphon.app;

import antiphon.host.Supervisor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells whoever started us as a service that we are ready, what we do, and, as long as the live threads work, that we are
 * alive: a service whose engine hangs gets no such message any more, and is started anew. A cold thread of its own; none
 * where nobody wants to know.
 */
final class ServiceReport {
    /** How often the status line is looked at where nobody watches over us. */
    private static final long LOOK_NANOS = 5_000_000_000L;

    private final Supervisor supervisor;
    private final BooleanSupplier advanced;
    private final Supplier<String> status;
    private final CountDownLatch ended = new CountDownLatch(1);
    private String told = "";

    /**
     * Tells nothing yet.
     *
     * @param advanced whether all live threads have worked since it was asked last
     * @param status a line for people
     */
    ServiceReport(Supervisor supervisor, BooleanSupplier advanced, Supplier<String> status) {
        this.supervisor = supervisor;
        this.advanced = advanced;
        this.status = status;
    }

    /** The live path plays from now on. */
    void ready() {
        if (!supervisor.isThere()) {
            return;
        }
        told = status.get();
        supervisor.tell("READY=1", "STATUS=" + told);
        Thread.ofPlatform().daemon().name("antiphon-service").start(this::run);
    }

    /** Settings are read again by this, and then they are in force. */
    void reload(Runnable reading) {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        if (supervisor.isThere()) {
            supervisor.tell("RELOADING=1", "MONOTONIC_USEC=" + micros);
        }
        try {
            reading.run();
        } finally {
            if (supervisor.isThere()) {
                supervisor.tell("READY=1");
            }
        }
    }

    /** It is being stopped, and may take a moment. */
    void stopping() {
        ended.countDown();
        if (supervisor.isThere()) {
            supervisor.tell("STOPPING=1");
        }
    }

    /** Twice in the time after which we count as hanging, so that one message may be late. */
    long periodNanos() {
        return supervisor.watchdogNanos() > 0 ? supervisor.watchdogNanos() / 2 : LOOK_NANOS;
    }

    private void run() {
        try {
            while (!ended.await(periodNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells what is new. */
    void look() {
        if (supervisor.watchdogNanos() > 0 && advanced.getAsBoolean()) {
            supervisor.tell("WATCHDOG=1");
        }
        String now = status.get();
        if (!now.equals(told)) {
            told = now;
            supervisor.tell("STATUS=" + now);
        }
    }
}
