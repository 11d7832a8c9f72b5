package antiphon.midi.lv2;

import antiphon.midi.Watch;

/**
 * The one plugin that a program lives with, if there is one: when it goes, does not come, or plays with another program, the
 * MIDI system is lost. Cold threads.
 */
final class OnlyPlugin {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final String id;
    private final Watch watch;
    private long seenNanos = System.nanoTime();

    /** Why the system is lost; empty while it is not. */
    private volatile String reason = "";

    /** @param id empty: there is none, and every plugin is welcome */
    OnlyPlugin(String id, Watch watch) {
        this.id = id;
        this.watch = watch;
    }

    boolean welcomes(Plugin plugin) {
        return id.isEmpty() || plugin.id.equals(id);
    }

    /** A plugin has gone. */
    void went(Plugin plugin) {
        if (plugin.id.equals(id)) {
            lose("lv2: the plugin \"" + plugin.info.name() + "\" has gone.");
        }
    }

    /**
     * Somebody has looked. The scanning thread.
     *
     * @param there whether a plugin that is welcome is there for us
     */
    void looked(boolean there) {
        long now = System.nanoTime();
        if (there || id.isEmpty()) {
            seenNanos = now;
        } else if (now - seenNanos > PATIENCE_NANOS) {
            lose("lv2: no plugin \"" + id + "\", or another program plays with it.");
        }
    }

    private void lose(String why) {
        if (reason.isEmpty()) {
            reason = why;
            watch.lost(why);
        }
    }

    /** Tells somebody who asks only now. */
    void tell() {
        if (!reason.isEmpty()) {
            watch.lost(reason);
        }
    }
}
