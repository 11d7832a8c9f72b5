package antiphon.live;

import antiphon.Amount;
import antiphon.live.Links.Peer;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells receivers the ends of what they may hold and were not told to end. Guarded by the lock of {@link Peers}. */
final class Owed {
    private static final Logger LOG = LoggerFactory.getLogger(Owed.class);

    private final MidiBackend backend;
    private final PeersOwner owner;

    Owed(MidiBackend backend, PeersOwner owner) {
        this.backend = backend;
        this.owner = owner;
    }

    /** Or null if none of these has the name. */
    static @Nullable PortInfo find(String name, List<PortInfo> ports) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * Connections of one of our outputs were lost.
     *
     * @param number the output's, from 0
     * @param lost those who have none any more
     * @param forAMoment one was lost and is there again: nobody knows whose
     * @param now the ports that there are
     */
    void parted(int number, Links output, List<Peer> lost, boolean forAMoment, List<PortInfo> now) {
        for (Peer peer : lost) {
            peer.owed = true;
            end(number, peer, find(peer.name, now), true);
        }
        for (Peer peer : forAMoment ? output.peers() : List.<Peer>of()) {
            if (peer.state == Links.State.CONNECTED) {
                peer.owed = true;
                end(number, peer, find(peer.name, now), false);
            }
        }
    }

    /**
     * Tells a receiver the ends of all that it may hold, if it can be reached.
     *
     * @param number the output's, from 0
     * @param port null if it is not there
     * @param held see {@link PeersOwner#ends}
     */
    void end(int number, Peer peer, @Nullable PortInfo port, boolean held) {
        if (peer.owed && port != null) {
            int[] ends = owner.ends(number, held);
            int[] all = Arrays.copyOf(ends, ends.length + peer.leftOver.length);
            System.arraycopy(peer.leftOver, 0, all, ends.length, peer.leftOver.length);
            if (all.length == 0 || backend.sendOnly(port, all)) {
                if (peer.leftOver.length > 0) {
                    LOG.info(
                            "{} \"{}\": ended {} that it may have held since antiphon last ran.",
                            Wiring.section(number),
                            port.name(),
                            Amount.of(peer.leftOver.length, "note"));
                }
                peer.owed = false;
                peer.leftOver = new int[0];
            }
        }
    }
}
