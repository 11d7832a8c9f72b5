package antiphon.midi.lv2;

import antiphon.HotPath;
import antiphon.midi.Deliveries;
import antiphon.midi.Members;
import antiphon.midi.MidiBackend.Transport;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The thread that reads what plugins tell, hands it over, and shows them that we live. It sleeps at the bell of the first;
 * where there are more it looks at the others every millisecond.
 */
final class Lv2Reader {
    /** As JACK's callback has it. */
    private static final int PRIORITY = 60;

    /** The system refused it. */
    static final int NO_PRIORITY = 0;

    /** A heartbeat comes several times before it is missed. */
    private static final long LONGEST_NANOS = 100_000_000L;

    private static final long OTHERS_NANOS = 1_000_000L;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final IntPredicate raise;
    private final Consumer<Plugin> stalled;
    private final Arena arena = Arena.ofShared();
    private final Bell bell = new Bell(arena);
    private final Members<Plugin> plugins = new Members<>(new Plugin[0]);
    private final Deliveries deliveries = new Deliveries();
    private final AtomicLong errors = new AtomicLong();
    private final Thread thread = new Thread(this::run, "antiphon-lv2");
    private volatile @Nullable Transport host;
    private volatile int priority = NO_PRIORITY;
    private volatile boolean closed;

    /** Whose messages are being handed over; this thread's. */
    private @Nullable Plugin heard;

    /** Whose transport is followed. */
    private volatile @Nullable Plugin leader;

    /**
     * Makes a thread that does not run yet.
     *
     * @param raise gives the calling thread a real-time priority; false if it may not have one
     * @param stalled told of a plugin that had given us up for a while. On this thread: must only wake somebody
     */
    Lv2Reader(IntPredicate raise, Consumer<Plugin> stalled) {
        this.raise = raise;
        this.stalled = stalled;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void follow(Transport transport) {
        host = transport;
    }

    int priority() {
        return priority;
    }

    /** Exceptions, of which there should be none. Any thread. */
    long errors() {
        return errors.get();
    }

    /** Callers take turns. */
    void add(Plugin plugin) {
        plugins.add(plugin);
        LockSupport.unpark(thread);
    }

    /** Callers take turns. When this returns nothing of it is handed over any more. */
    void remove(Plugin plugin) {
        plugins.remove(plugin);
        awaitEndOfTurn();
    }

    /** Returns when what is being handed over now has been. */
    void awaitEndOfTurn() {
        deliveries.awaitEnd(thread);
    }

    /** The plugin whose message is being handed over. This thread. */
    @HotPath
    @Nullable
    Plugin heard() {
        return heard;
    }

    /** The first plugin that is run by its host: its cycles are ours. Any thread. */
    @HotPath
    @Nullable
    Plugin leader() {
        return leader;
    }

    private void run() {
        priority = raise.test(PRIORITY) ? PRIORITY : NO_PRIORITY;
        while (!closed) {
            Plugin[] all = plugins.all();
            Plugin first = all.length == 0 ? null : all[0];
            int rung = first == null ? 0 : first.file().integer(Layout.BELL);
            deliveries.begin();
            try {
                turn(all);
            } catch (RuntimeException failure) {
                // The thread must live: nobody else reads.
                errors.incrementAndGet();
            }
            heard = null;
            deliveries.end();
            if (first == null) {
                LockSupport.parkNanos(this, LONGEST_NANOS);
            } else {
                sleep(first, rung, all.length == 1 ? LONGEST_NANOS : OTHERS_NANOS);
            }
        }
    }

    @HotPath
    private void sleep(Plugin first, int rung, long nanos) {
        SharedFile file = first.file();
        file.integer(Layout.SLEEPING, 1);
        if (!closed && plugins.contains(first)) {
            bell.await(file, rung, nanos);
        }
        file.integer(Layout.SLEEPING, 0);
    }

    @HotPath
    private void turn(Plugin[] all) {
        long now = System.nanoTime();
        choose(all, now);
        for (Plugin plugin : all) {
            plugin.beat(now);
            if (plugin.beginsAnew(host)) {
                stalled.accept(plugin);
            }
            if (plugin.isOpen()) {
                heard = plugin;
                plugin.from.takeAll(plugin, plugin == leader);
            }
        }
    }

    /** Its transport is the one that is followed. */
    @HotPath
    private void choose(Plugin[] all, long now) {
        Plugin before = leader;
        Plugin chosen = null;
        for (Plugin plugin : all) {
            if (chosen == null && plugin.isOpen()) {
                chosen = plugin;
            }
        }
        if (before != null && before != chosen) {
            before.from.stop(now);
        }
        leader = chosen;
    }

    /** Ends the thread. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && Thread.currentThread() != thread) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            arena.close();
        }
    }
}
