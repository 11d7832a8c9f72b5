package antiphon.live;

import antiphon.live.Links.Peer;
import antiphon.live.Links.State;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The wishes of one direction, and our ports for them. Guarded by the lock of {@link Peers}. */
final class Way {
    private static final long SETTLED_NANOS = 100_000_000L;

    private final String where;
    private final boolean isInput;

    /** Which output it is of, from 0. */
    private final int output;

    /** Patterns of ports that are never connected. */
    private final List<String> excluded;

    private final List<Wish> wishes;
    private final List<Links> ports = new ArrayList<>();

    /** By wish, the ports that its peers are connected to. */
    private final List<List<Links>> byWish = new ArrayList<>();

    private List<PortInfo> lastChoice = List.of();
    private long chosenNanos;

    private Way(int output, boolean isInput, List<Wish> wishes, List<String> excluded) {
        where = isInput ? "midi.in" : Wiring.section(output);
        this.output = output;
        this.isInput = isInput;
        this.excluded = excluded;
        this.wishes = new ArrayList<>(wishes);
    }

    /** An input for each port found, one for a wish of which none was found, one if there are no wishes. */
    static Way in(List<Wish> wishes, List<String> inputs, List<String> excluded) {
        Way way = new Way(0, true, wishes, excluded);
        inputs.forEach(input -> way.ports.add(new Links(input)));
        int next = 0;
        for (Wish wish : wishes) {
            int count = Math.max(1, wish.found().size());
            List<Links> its = new ArrayList<>(way.ports.subList(next, next + count));
            for (int found = 0; found < wish.found().size(); found++) {
                way.expect(its.get(found), wish.found().get(found));
            }
            way.byWish.add(its);
            next += count;
        }
        return way;
    }

    /** The output of this number, for all of its wishes. */
    static Way out(int number, List<Wish> wishes, String output, List<String> excluded) {
        Way way = new Way(number, false, wishes, excluded);
        Links port = new Links(output);
        way.ports.add(port);
        for (Wish wish : wishes) {
            wish.found().forEach(peer -> way.expect(port, peer));
            way.byWish.add(way.ports);
        }
        return way;
    }

    /** A peer that the back end connects when it starts. */
    private void expect(Links port, PortInfo peer) {
        port.peer(peer.name()).wish = byWish.size();
    }

    /** {@code midi.in} or {@code midi.out}. */
    String where() {
        return where;
    }

    boolean isInput() {
        return isInput;
    }

    /** Which output it is of, from 0; 0 if it is of the inputs. */
    int output() {
        return output;
    }

    List<Wish> wishes() {
        return wishes;
    }

    List<Links> ports() {
        return ports;
    }

    /** False if nobody named a port: what is connected is somebody's affair, or our choice. */
    boolean isNamed() {
        return wishes.stream().anyMatch(wish -> !wish.isChoice());
    }

    /**
     * Of these ports those that a wish wants now. Who leaves it to us wants one, unless one is there or was disconnected by
     * hand; and it is taken when the choice has been the same for a moment, because ports come one after the other.
     */
    List<PortInfo> wanted(int wish, List<PortInfo> all, long nanos) {
        if (!wishes.get(wish).isChoice()) {
            return wishes.get(wish).matching(all.stream().filter(this::fits).toList());
        }
        // Of all: what a device or a program is shows in its other ports.
        List<PortInfo> choice = wishes.get(wish)
                .matching(all.stream()
                        .map(port -> isExcluded(port) ? port.only(!isInput, isInput) : port)
                        .toList());
        if (!choice.equals(lastChoice)) {
            lastChoice = choice;
            chosenNanos = nanos;
        }
        boolean wants = ports.stream()
                .flatMap(port -> port.peers().stream())
                .allMatch(peer -> peer.onlyOwed || (peer.state == State.GONE && !peer.dismissed));
        return wants && nanos - chosenNanos >= SETTLED_NANOS ? choice : List.of();
    }

    List<Links> ports(int wish) {
        return byWish.get(wish);
    }

    /** One more port of ours, for a wish whose ports are all taken. */
    Links add(int wish, String name) {
        Links port = new Links(name);
        ports.add(port);
        byWish.get(wish).add(port);
        return port;
    }

    /** The peer of this name that one of our ports has or had; null if none. */
    @Nullable
    Peer known(String name) {
        return ports.stream()
                .map(port -> port.known(name))
                .filter(peer -> peer != null && !peer.onlyOwed)
                .findFirst()
                .orElse(null);
    }

    /** The peer that this port was under another number, before it went; null if none. */
    @Nullable
    Peer gone(PortInfo candidate) {
        return ports.stream()
                .map(port -> port.gone(candidate))
                .filter(peer -> peer != null && !peer.onlyOwed)
                .findFirst()
                .orElse(null);
    }

    /** The number of the wish for this port and no other, made if there is none. */
    int wishFor(String name) {
        for (int wish = 0; wish < wishes.size(); wish++) {
            if (wishes.get(wish).exact() && wishes.get(wish).pattern().equals(name)) {
                return wish;
            }
        }
        wishes.add(Wish.exactly(name));
        Links free =
                ports.stream().filter(port -> !port.hasConnected()).findFirst().orElse(ports.getFirst());
        byWish.add(isInput ? new ArrayList<>(List.of(free)) : ports);
        return wishes.size() - 1;
    }

    /** The number of our port that a peer is connected to; -1 if it is not. */
    int connectedTo(String name) {
        for (int number = 0; number < ports.size(); number++) {
            Peer peer = ports.get(number).known(name);
            if (peer != null && peer.state == State.CONNECTED) {
                return number;
            }
        }
        return -1;
    }

    /** How one of others is connected. */
    Connections.State stateOf(String name) {
        if (connectedTo(name) >= 0) {
            return Connections.State.CONNECTED;
        }
        return waitedFor().contains(name) ? Connections.State.WAITED_FOR : Connections.State.NO;
    }

    /** The names of those who have gone and will be connected when they return. */
    Set<String> waitedFor() {
        return names(peer -> peer.state == State.GONE && !peer.dismissed && !peer.onlyOwed);
    }

    /** All ports of others as people see them: those there are, then those that are waited for. */
    static List<Connections.Port> ports(Way in, List<Way> outs, List<PortInfo> now) {
        List<Connections.Port> all = new ArrayList<>();
        Set<String> ofOutputs = new LinkedHashSet<>();
        outs.forEach(out -> ofOutputs.addAll(out.waitedFor()));
        Set<String> waitedFor = in.waitedFor();
        waitedFor.addAll(ofOutputs);
        for (PortInfo port : now) {
            all.add(port(in, outs, port, true));
            waitedFor.remove(port.name());
        }
        for (String name : waitedFor) {
            boolean source = in.waitedFor().contains(name);
            boolean destination = ofOutputs.contains(name);
            all.add(port(in, outs, new PortInfo(name, source, destination), false));
        }
        return all;
    }

    private static Connections.Port port(Way in, List<Way> outs, PortInfo port, boolean there) {
        return new Connections.Port(
                port.name(),
                port.aliases(),
                port.source(),
                port.destination(),
                there,
                in.stateOf(port.name()),
                outs.stream().map(out -> out.stateOf(port.name())).toList(),
                in.connectedTo(port.name()));
    }

    /** True if it may be connected. */
    boolean fits(PortInfo port) {
        return (isInput ? port.source() : port.destination()) && !isExcluded(port);
    }

    /** True if the settings say that it is left alone. */
    boolean isExcluded(PortInfo port) {
        return PortPatterns.isAny(excluded, port);
    }

    /** The patterns of the wishes for which nothing is connected. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int number = 0; number < wishes.size(); number++) {
            int wish = number;
            if (ports.stream()
                    .flatMap(port -> port.peers().stream())
                    .noneMatch(peer -> (peer.state == State.CONNECTED || peer.dismissed) && peer.wish == wish)) {
                missing.add(wishes.get(wish).pattern());
            }
        }
        return missing;
    }

    /** The names of those who are connected. */
    Set<String> connected() {
        return names(peer -> peer.state == State.CONNECTED);
    }

    /** The names of those who may hold what they were not told to end. */
    Set<String> owed() {
        return names(peer -> peer.owed);
    }

    private Set<String> names(Predicate<Peer> which) {
        Set<String> names = new LinkedHashSet<>();
        ports.forEach(port -> port.peers().stream().filter(which).forEach(peer -> names.add(peer.name)));
        return names;
    }
}
