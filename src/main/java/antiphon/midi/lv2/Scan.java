package antiphon.midi.lv2;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again which plugins there are: a cold thread. */
final class Scan {
    private static final Logger LOG = LoggerFactory.getLogger(Scan.class);
    private static final long EVERY_NANOS = 100_000_000L;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Folder folder;
    private final Consumer<Plugin> came;
    private final Consumer<Plugin> went;
    private final Runnable looked;
    private final List<Plugin> plugins = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "antiphon-lv2-scan");
    private volatile boolean closed;

    /**
     * Makes a thread that does not run yet.
     *
     * @param came told of a plugin that is new
     * @param went told of one whose host has ended or removed it
     * @param looked called after each look
     */
    Scan(Folder folder, Consumer<Plugin> came, Consumer<Plugin> went, Runnable looked) {
        this.folder = folder;
        this.came = came;
        this.went = went;
        this.looked = looked;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Those that there are. Any thread. */
    List<Plugin> plugins() {
        return plugins;
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(this, EVERY_NANOS);
        }
    }

    /** Looks once. One thread at a time. */
    synchronized void look() {
        for (Plugin plugin : List.copyOf(plugins)) {
            if (!plugin.isThere()) {
                plugins.remove(plugin);
                went.accept(plugin);
            }
        }
        for (String id : folder.ids()) {
            if (plugins.stream().noneMatch(plugin -> plugin.id.equals(id))) {
                add(id);
            }
        }
        looked.run();
    }

    private void add(String id) {
        try {
            Plugin plugin = new Plugin(id, SharedFile.open(folder.file(id)));
            if (plugin.isThere()) {
                plugins.add(plugin);
                came.accept(plugin);
            } else {
                plugin.close();
            }
        } catch (IOException notYet) {
            // Left by a dead host, or of another version of the plugin.
            LOG.debug("lv2: {}", notYet.toString());
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (Thread.currentThread() != thread) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
