package antiphon.live;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.PortInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears from the back end which ports come and go, on a cold thread of the back end. */
final class Peers implements PortObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    private final MidiBackend backend;
    private final List<PortInfo> sources;
    private final List<PortInfo> destinations;
    private final IntConsumer lostInput;
    private final Consumer<String> lostSystem;
    private final Set<String> gone = new HashSet<>();

    /**
     * Watches these peers.
     *
     * @param sources what is listened to, in the order of our inputs
     * @param lostInput told the number of an input whose peer is gone
     * @param lostSystem told why the MIDI system is gone
     */
    Peers(
            MidiBackend backend,
            List<PortInfo> sources,
            List<PortInfo> destinations,
            IntConsumer lostInput,
            Consumer<String> lostSystem) {
        this.backend = backend;
        this.sources = sources;
        this.destinations = destinations;
        this.lostInput = lostInput;
        this.lostSystem = lostSystem;
    }

    @Override
    public void portsChanged() {
        List<PortInfo> now = backend.list();
        for (int input = 0; input < sources.size(); input++) {
            if (hasGone(sources.get(input), "midi.in", now)) {
                lostInput.accept(input);
            }
        }
        for (PortInfo destination : destinations) {
            hasGone(destination, "midi.out", now);
        }
    }

    /** True if a peer that was there is gone; it is told once. A peer that comes back is connected again. */
    private boolean hasGone(PortInfo peer, String where, List<PortInfo> now) {
        String key = where + " \"" + peer.name() + "\"";
        boolean there = peer.isAmong(now);
        if (!there && gone.add(key)) {
            LOG.warn("{}: gone. What it held was ended; it is connected again when it returns.", key);
            return true;
        }
        if (there && gone.remove(key)) {
            backend.reconnect(peer);
            LOG.warn("{}: back.", key);
        }
        return false;
    }

    @Override
    public void systemLost(String reason) {
        lostSystem.accept(reason);
    }
}
