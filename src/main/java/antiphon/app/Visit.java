package antiphon.app;

import antiphon.config.Config;
import antiphon.midi.MidiBackend;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A short command's time with the MIDI system. It leaves in good order also when it is told to stop: a JACK server
 * stands still until it notices that a client is dead. Its name is its own, so that it does not take that of {@code
 * run}. One thread, besides the one that tells it to stop.
 */
final class Visit implements AutoCloseable {
    /** Joining, listing and sending take less; a server that hangs would keep us for ever. */
    private static final long MAX_WAIT_SECONDS = 3;

    /** Held by whoever uses the back end: nothing of JACK's may be called while, or after, its client is freed. */
    private final ReentrantLock using = new ReentrantLock();

    private final MidiBackend backend;
    private boolean closed;
    private volatile boolean untilStopped;

    private Visit(Config config, String what) {
        using.lock();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "antiphon-stop"));
        try {
            backend = RunCommand.openBackend(config, config.midi().client() + "-" + what);
        } catch (RuntimeException failure) {
            closed = true;
            using.unlock();
            throw failure;
        }
    }

    /** Joins as a client of this kind. */
    static Visit begin(Config config, String what) {
        return new Visit(config, what);
    }

    MidiBackend backend() {
        return backend;
    }

    /** Lets the back end call its observers until the latch is down or the process is told to stop; then that is no failure. */
    void awaitOrStop(CountDownLatch end) throws InterruptedException {
        untilStopped = true;
        using.unlock();
        try {
            end.await();
        } finally {
            using.lock();
        }
    }

    @Override
    public void close() {
        closed = true;
        backend.close();
        using.unlock();
    }

    private void stop() {
        try {
            if (using.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                if (!closed) {
                    closed = true;
                    backend.close();
                    if (untilStopped) {
                        System.out.flush();
                        Runtime.getRuntime().halt(0);
                    }
                }
                using.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
