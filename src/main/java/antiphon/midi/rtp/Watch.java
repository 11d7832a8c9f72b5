package antiphon.midi.rtp;

import antiphon.midi.MidiBackend.PortObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cold thread that tells observers, and the log, what the receiving thread has seen. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final List<PortObserver> observers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "antiphon-rtp-watch");
    private volatile boolean closed;

    Watch() {
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void observe(PortObserver observer) {
        observers.add(observer);
    }

    /** Writes a line to the log. Any thread; waits for nothing. */
    void tell(String line) {
        tasks.add(() -> LOG.info("{}", line));
    }

    /** A peer came. Any thread; waits for nothing. */
    void appeared(String peer) {
        tasks.add(() -> {
            observers.forEach(observer -> observer.appeared(peer));
            observers.forEach(PortObserver::portsChanged);
        });
    }

    /** Ports and connections have changed, and these ports of ours have lost one. Any thread; waits for nothing. */
    void changed(List<String> parted) {
        tasks.add(() -> {
            for (PortObserver observer : observers) {
                parted.forEach(observer::parted);
                observer.portsChanged();
            }
        });
    }

    private void run() {
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException end) {
                return;
            } catch (RuntimeException failure) {
                LOG.error("rtp: {}", failure.toString());
            }
        }
    }

    void close() {
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
