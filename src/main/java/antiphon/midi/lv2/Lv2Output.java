package antiphon.midi.lv2;

import antiphon.HotPath;
import antiphon.midi.Members;
import antiphon.midi.MidiBackend;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of our output ports: what is sent goes to all plugins that are connected, which play it at its frame. */
final class Lv2Output implements MidiBackend.OutputPort {
    private final String fullName;
    private final Supplier<@Nullable Plugin> heard;
    private final Consumer<Lv2Output> closing;
    private final Members<Plugin> plugins = new Members<>(new Plugin[0]);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean open = true;

    /** @param heard the plugin whose message is being handed over, on the thread that does it */
    Lv2Output(String fullName, Supplier<@Nullable Plugin> heard, Consumer<Lv2Output> closing) {
        this.fullName = fullName;
        this.heard = heard;
        this.closing = closing;
    }

    @Override
    public String fullName() {
        return fullName;
    }

    /** Where no host runs its plugin, what is sent is taken and goes nowhere. */
    @Override
    @HotPath
    public boolean send(int message, long dueNanos) {
        boolean taken = open;
        for (Plugin plugin : plugins.all()) {
            taken &= !plugin.isOpen() || plugin.to.post(message, dueNanos);
        }
        return taken;
    }

    /**
     * Sounds two periods after what came in: that is in the next cycle. A plugin that copies its input by itself, in the
     * same cycle, gets no second copy.
     */
    @Override
    @HotPath
    public boolean thru(int message, long nanos) {
        boolean taken = open;
        Plugin source = heard.get();
        for (Plugin plugin : plugins.all()) {
            if (plugin.isOpen() && !(plugin == source && plugin.passes())) {
                taken &= plugin.to.post(message, nanos + 2 * plugin.periodNanos());
            }
        }
        return counted(taken);
    }

    @Override
    @HotPath
    public boolean thruLong(byte[] bytes, int length, long nanos) {
        boolean taken = open;
        Plugin source = heard.get();
        for (Plugin plugin : plugins.all()) {
            if (plugin.isOpen() && !(plugin == source && plugin.passes())) {
                taken &= plugin.to.post(bytes, length, nanos + 2 * plugin.periodNanos());
            }
        }
        return counted(taken);
    }

    @HotPath
    private boolean counted(boolean taken) {
        if (!taken) {
            dropped.incrementAndGet();
        }
        return taken;
    }

    /** From now on it plays what is sent. Callers take turns. */
    void connect(Plugin plugin) {
        plugins.add(plugin);
    }

    /** No more. Callers take turns. */
    void disconnect(Plugin plugin) {
        plugins.remove(plugin);
    }

    /** Copies for which there was no room. Any thread. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public long lateCount() {
        return count(Layout.LATE);
    }

    @Override
    public long lateNotes() {
        return count(Layout.LATE_NOTES);
    }

    @Override
    public long droppedLateNotes() {
        return count(Layout.DROPPED_NOTES);
    }

    private long count(long counter) {
        long sum = 0;
        for (Plugin plugin : plugins.all()) {
            sum += plugin.count(counter);
        }
        return sum;
    }

    /** True if no plugin has anything more to play. */
    boolean isEmpty() {
        for (Plugin plugin : plugins.all()) {
            if (plugin.isOpen() && !plugin.to.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        open = false;
        closing.accept(this);
    }
}
