package antiphon.midi;

import antiphon.midi.MidiBackend.PortObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cold thread of a back end that tells observers, and the log, what its other threads have seen. */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final List<PortObserver> observers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final String backend;
    private final Thread thread;
    private volatile boolean closed;

    /** @param backend its name, for the thread's name and the log */
    public Watch(String backend) {
        this.backend = backend;
        thread = new Thread(this::run, "antiphon-" + backend + "-watch");
        thread.setDaemon(true);
    }

    /** Begins the thread. */
    public void start() {
        thread.start();
    }

    /** From now on this one is told, too. */
    public void observe(PortObserver observer) {
        observers.add(observer);
    }

    /** Writes a line to the log. Any thread; waits for nothing. */
    public void tell(String line) {
        tasks.add(() -> LOG.info("{}", line));
    }

    /** A peer came. Any thread; waits for nothing. */
    public void appeared(String peer) {
        tasks.add(() -> {
            observers.forEach(observer -> observer.appeared(peer));
            observers.forEach(PortObserver::portsChanged);
        });
    }

    /** Ports and connections have changed, and these ports of ours have lost one. Any thread; waits for nothing. */
    public void changed(List<String> parted) {
        tasks.add(() -> {
            for (PortObserver observer : observers) {
                parted.forEach(observer::parted);
                observer.portsChanged();
            }
        });
    }

    /** The whole system is gone. Any thread; waits for nothing. */
    public void lost(String reason) {
        tasks.add(() -> observers.forEach(observer -> observer.systemLost(reason)));
    }

    private void run() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException end) {
                return;
            } catch (RuntimeException failure) {
                LOG.error("{}: {}", backend, failure.toString());
            }
        }
    }

    /** Tells what there is to tell, and ends the thread. */
    public void close() {
        closed = true;
        if (Thread.currentThread() == thread) {
            return;
        }
        tasks.add(() -> {});
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
