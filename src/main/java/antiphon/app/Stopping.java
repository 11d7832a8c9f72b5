package antiphon.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a session does when the process is told to stop, from the first moment of its start on: a stop that comes while
 * it starts waits until it has started, and then stops it as always. Otherwise a JACK server would stand still until it
 * notices that a client is dead.
 */
final class Stopping {
    /** Much longer than a start. */
    private static final long MAX_WAIT_SECONDS = 5;

    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable Runnable stop;
    private volatile boolean told;

    /** From now on. */
    static Stopping prepare() {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::run, "antiphon-stop"));
        return stopping;
    }

    /** It has started: this is how to stop it. */
    void started(Runnable how) {
        stop = how;
        started.countDown();
    }

    /** It has not started, or has ended, and closed what it opened. */
    void nothingToDo() {
        started.countDown();
    }

    /** True if the process was told to stop. */
    boolean isTold() {
        return told;
    }

    private void run() {
        told = true;
        try {
            Runnable how = started.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS) ? stop : null;
            if (how != null) {
                how.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
