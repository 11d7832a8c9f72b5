package antiphon.live;

import antiphon.live.Links.State;
import antiphon.midi.PortInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The wishes of one direction, and our ports for them. Guarded by the lock of {@link Peers}. */
final class Way {
    private static final long SETTLED_NANOS = 100_000_000L;

    private final String where;
    private final boolean isInput;
    private final List<Wish> wishes;
    private final List<Links> ports = new ArrayList<>();

    /** By wish, the ports that its peers are connected to. */
    private final List<List<Links>> byWish = new ArrayList<>();

    private List<PortInfo> lastChoice = List.of();
    private long chosenNanos;

    private Way(String where, boolean isInput, List<Wish> wishes) {
        this.where = where;
        this.isInput = isInput;
        this.wishes = wishes;
    }

    /** An input for each port found, one for a wish of which none was found, one if there are no wishes. */
    static Way in(List<Wish> wishes, List<String> inputs) {
        Way way = new Way("midi.in", true, wishes);
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

    /** One output for all. */
    static Way out(List<Wish> wishes, String output) {
        Way way = new Way("midi.out", false, wishes);
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
        List<PortInfo> choice = wishes.get(wish).matching(all);
        if (!choice.equals(lastChoice)) {
            lastChoice = choice;
            chosenNanos = nanos;
        }
        boolean wants = ports.stream()
                .flatMap(port -> port.peers().stream())
                .allMatch(peer -> peer.onlyOwed || peer.state == State.GONE);
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

    boolean fits(PortInfo port) {
        return isInput ? port.source() : port.destination();
    }

    /** The patterns of the wishes for which nothing is connected. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int number = 0; number < wishes.size(); number++) {
            int wish = number;
            if (ports.stream()
                    .flatMap(port -> port.peers().stream())
                    .noneMatch(peer -> peer.state == State.CONNECTED && peer.wish == wish)) {
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

    private Set<String> names(Predicate<Links.Peer> which) {
        Set<String> names = new LinkedHashSet<>();
        ports.forEach(port -> port.peers().stream().filter(which).forEach(peer -> names.add(peer.name)));
        return names;
    }
}
