package antiphon.live;

import antiphon.midi.PortInfo;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one of our ports: those it has, and those it had and what became of them. Only remembers and compares;
 * {@link Peers} asks the system and acts. Guarded by its lock.
 */
final class Links {
    /** How a bridge writes the number that the system gave a device; another one when it is plugged in again. */
    private static final Pattern NUMBER = Pattern.compile("\\[\\d+]");

    /** Within this a connection that was made is listed. */
    private static final long LISTED_NANOS = 300_000_000L;

    /** What has become of a peer. */
    enum State {
        CONNECTED,
        /** The connection was lost a moment ago; whether the peer goes or was disconnected will show. */
        PARTED,
        /** It is there and was disconnected: by hand, so it is not connected again. */
        LET_GO,
        /** It is not there; when it returns it is connected again. */
        GONE
    }

    /** A peer that the port has or had. */
    static final class Peer {
        final String name;
        State state = State.GONE;
        long partedNanos;

        /** When it was connected by us, until it is {@link #seen} to be. */
        private long connectedNanos;

        /** Its connection was listed since it was made. */
        private boolean seen = true;

        /** The number of the wish that it was connected for; -1 if none. */
        int wish = -1;

        /** Somebody wants it to be connected no more: until somebody connects it, it stays so. */
        boolean dismissed;

        /** It has been told that this one is gone. */
        boolean toldGone;

        /** It may hold what it was not told to end. Of an output's peer. */
        boolean owed;

        /** Known only because a program that was killed played on it; it is told what ends and not connected. */
        boolean onlyOwed;

        /** What a killed program left sounding there, packed messages that end it; empty if nothing. */
        int[] leftOver = {};

        Peer(String name) {
            this.name = name;
        }

        /** We have connected it: what systems list may lag behind by a cycle, or by many where cycles are missed. */
        void connected(long nanos) {
            state = State.CONNECTED;
            connectedNanos = nanos;
            seen = false;
        }

        private boolean isLost(Set<String> connections, long nanos, boolean told) {
            seen |= connections.contains(name);
            return state == State.CONNECTED
                    && !connections.contains(name)
                    && (seen || told || nanos - connectedNanos > LISTED_NANOS);
        }

        @Override
        public String toString() {
            return name + " " + state;
        }
    }

    private final String port;
    private final Map<String, Peer> peers = new LinkedHashMap<>();

    /** @param port our port's full name */
    Links(String port) {
        this.port = port;
    }

    String port() {
        return port;
    }

    Collection<Peer> peers() {
        return List.copyOf(peers.values());
    }

    /** The peer of this name, new if it was never connected. */
    Peer peer(String name) {
        return peers.computeIfAbsent(name, Peer::new);
    }

    /** The peer of this name, or null. */
    @Nullable
    Peer known(String name) {
        return peers.get(name);
    }

    /** True for a peer that the port has or had, and for one that is to stay away, under whatever number it returns. */
    boolean isKnown(PortInfo candidate) {
        Peer peer = peers.get(candidate.name());
        Peer before = gone(candidate);
        return (peer != null && !peer.onlyOwed) || (before != null && before.dismissed);
    }

    void forget(Peer peer) {
        peers.remove(peer.name);
    }

    boolean hasConnected() {
        return peers.values().stream().anyMatch(peer -> peer.state == State.CONNECTED);
    }

    /**
     * Peers that have a connection no more, marked as parted now.
     *
     * @param told the system has told that the port lost one
     */
    List<Peer> part(Collection<String> connections, long nanos, boolean told) {
        Set<String> has = new HashSet<>(connections);
        List<Peer> parted = peers.values().stream()
                .filter(peer -> peer.isLost(has, nanos, told))
                .toList();
        parted.forEach(peer -> {
            peer.state = State.PARTED;
            peer.partedNanos = nanos;
        });
        return parted;
    }

    /** A peer that is gone and whose name differs from this one at most in the number of a device; or null. */
    @Nullable
    Peer gone(PortInfo port) {
        String unnumbered = unnumbered(port.name());
        return peers.values().stream()
                .filter(peer ->
                        peer.state == State.GONE && unnumbered(peer.name).equals(unnumbered))
                .findFirst()
                .orElse(null);
    }

    private static String unnumbered(String name) {
        return NUMBER.matcher(name).replaceAll("[]");
    }
}
