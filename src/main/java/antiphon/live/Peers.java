package antiphon.live;

import antiphon.live.Links.Peer;
import antiphon.live.Links.State;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps our ports connected to what they should be connected to, and ends what a lost connection leaves sounding. All of
 * it is one step, {@link #look}: it compares what is with what was and should be. It is run after every event of the MIDI
 * system and again shortly afterwards, so it does not matter which event was told, or when.
 *
 * <p>A peer that goes is connected again when it returns, also one that was connected by hand, also under another number.
 * One that was disconnected by hand is left alone until it goes and returns. A receiver that lost its connection is told
 * the ends of all it may hold, at once if it can be reached, else when it returns.
 *
 * <p>Cold threads: the back end's, and those that open and close the session.
 */
final class Peers implements PortObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    /** A peer that is still listed so long after its connection was lost was disconnected by hand. */
    private static final long GOING_NANOS = 400_000_000L;

    private final MidiBackend backend;
    private final PeersOwner owner;
    private final LongSupplier nanoClock;
    private final Way in;
    private final List<Way> outs = new ArrayList<>();

    /** Of both directions. */
    private final List<Way> ways;

    private final Owed owed;
    private final Chosen chosen;
    private final Set<String> appeared = new HashSet<>();
    private final Set<String> parted = new HashSet<>();
    private boolean systemGone;

    /** Held by one cold thread at a time; the music waits for none of them. */
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Makes one that knows of no connections; call {@link #begin} when the back end runs.
     *
     * @param inputs our inputs' full names, in the order of their wishes: one for each port found, one for a wish of which
     *     none was found, one if there are no wishes
     * @param outputs our outputs' full names
     */
    Peers(
            MidiBackend backend,
            Ports ports,
            List<String> inputs,
            List<String> outputs,
            PeersOwner owner,
            LongSupplier nanoClock) {
        this.backend = backend;
        this.owner = owner;
        this.nanoClock = nanoClock;
        in = Way.in(ports.sources(), inputs, ports.wiring().notIn());
        for (int number = 0; number < outputs.size(); number++) {
            outs.add(Way.out(number, ports.destinations(number), outputs.get(number), ports.notOut(number)));
        }
        ways = Stream.concat(Stream.of(in), outs.stream()).toList();
        owed = new Owed(backend, owner);
        chosen = new Chosen(backend, in, outs, lock, this::look);
    }

    /** Takes down who is connected, and tells of those who are missing. */
    void begin() {
        lock.lock();
        try {
            look();
            List<PortInfo> now = backend.list();
            for (Way way : ways) {
                for (String pattern : way.missing()) {
                    LOG.warn(
                            "{} \"{}\": not there; found {}. It is connected when it comes.",
                            way.where(),
                            pattern,
                            PortPatterns.names(now.stream().filter(way::fits).toList()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Before {@link #begin}: the peers of a program that was killed. They are connected again where no ports are wished for,
     * and told the ends of what they may hold.
     */
    void restore(HeldNotesFile.LeftOver left) {
        lock.lock();
        try {
            if (!in.isNamed()) {
                left.sources().forEach(in.ports().getFirst()::peer);
            }
            int[] messages =
                    left.messages().stream().mapToInt(Integer::intValue).toArray();
            for (int number = 0; number < left.outputs().size(); number++) {
                // Of an output that there is no more, the first one tells what ends.
                Way out = number < outs.size() ? outs.get(number) : outs.getFirst();
                for (String receiver : left.outputs().get(number)) {
                    Peer peer = out.ports().getFirst().peer(receiver);
                    peer.owed = messages.length > 0;
                    peer.leftOver = messages;
                    peer.onlyOwed = (out.isNamed() || out.output() != number) && peer.wish < 0;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** True if a receiver may hold what it was not told to end. */
    boolean owes() {
        lock.lock();
        try {
            return outs.stream().anyMatch(out -> !out.owed().isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** For people who see and change it. */
    Connections connections() {
        return chosen;
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void appeared(String peer) {
        locked(() -> appeared.add(peer));
    }

    @Override
    public void parted(String port) {
        locked(() -> parted.add(port));
    }

    @Override
    public void portsChanged() {
        look();
    }

    @Override
    public void systemLost(String reason) {
        lock.lock();
        try {
            systemGone = true;
            for (Way way : ways) {
                for (Links port : way.ports()) {
                    for (Peer peer : port.part(List.of(), nanoClock.getAsLong(), true)) {
                        peer.state = State.GONE;
                        peer.owed = !way.isInput();
                    }
                }
            }
            for (int input = 0; input < in.ports().size(); input++) {
                owner.lose(input);
            }
            owner.lost(reason);
            chosen.show(List.of());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void systemBack() {
        locked(() -> systemGone = false);
        owner.back();
    }

    /** Compares what is with what was and should be, and sees to it. */
    void look() {
        lock.lock();
        try {
            if (systemGone) {
                return;
            }
            long nanos = nanoClock.getAsLong();
            List<PortInfo> now = backend.list();
            for (Way way : ways) {
                List<PortInfo> fitting = now.stream().filter(way::fits).toList();
                for (int number = 0; number < way.ports().size(); number++) {
                    Links port = way.ports().get(number);
                    List<String> connections = backend.connections(port.port());
                    part(way, number, port.part(connections, nanos, parted.contains(port.port())), fitting);
                    takeDown(way, port, connections);
                    judge(way, port, fitting, nanos);
                    connectReturned(way, port, fitting);
                }
                connectWished(way, now, nanos);
            }
            appeared.clear();
            parted.clear();
            owner.connected(
                    in.connected(),
                    outs.stream().map(Way::connected).toList(),
                    outs.stream().map(Way::owed).toList());
            chosen.show(now);
        } finally {
            lock.unlock();
        }
    }

    /** Ends what the lost connections leave sounding: of an input here, of an output at the receiver. */
    private void part(Way way, int number, List<Peer> lost, List<PortInfo> now) {
        boolean forAMoment =
                lost.isEmpty() && parted.contains(way.ports().get(number).port());
        if (way.isInput()) {
            if (forAMoment || !lost.isEmpty()) {
                owner.lose(number);
            }
            return;
        }
        owed.parted(way.output(), way.ports().get(number), lost, forAMoment, now);
    }

    /** Connections that are there and were not: made by hand, or by the back end at the start. */
    private void takeDown(Way way, Links port, List<String> connections) {
        for (String name : connections) {
            Peer peer = port.peer(name);
            if (peer.state != State.CONNECTED) {
                peer.state = State.CONNECTED;
                peer.onlyOwed = false;
                // What is listed may lag behind a disconnection for a moment.
                peer.dismissed &= nanoClock.getAsLong() - peer.partedNanos < GOING_NANOS;
                if (peer.toldGone) {
                    LOG.warn("{} \"{}\": back.", way.where(), name);
                    peer.toldGone = false;
                }
                owed.end(way.output(), peer, new PortInfo(name, way.isInput(), !way.isInput()), false);
            }
        }
    }

    /** Whether those who lost their connection have gone or were disconnected. */
    private void judge(Way way, Links port, List<PortInfo> now, long nanos) {
        for (Peer peer : port.peers()) {
            PortInfo there = Owed.find(peer.name, now);
            if (peer.onlyOwed) {
                owed.end(way.output(), peer, there, true);
            }
            if (peer.state != State.PARTED && peer.state != State.LET_GO) {
                continue;
            }
            boolean gone = there == null || appeared.contains(peer.name);
            if (gone) {
                if (peer.state == State.PARTED) {
                    LOG.warn(
                            "{} \"{}\": gone. What it held was ended; it is connected again when it returns.",
                            way.where(),
                            peer.name);
                }
                peer.toldGone = true;
                peer.state = State.GONE;
            } else if (peer.state == State.PARTED && nanos - peer.partedNanos > GOING_NANOS) {
                LOG.warn("{} \"{}\": disconnected. What it held was ended.", way.where(), peer.name);
                peer.state = State.LET_GO;
            }
            owed.end(way.output(), peer, there, true);
        }
    }

    /** Connects those who had gone and are there again, perhaps under another number. */
    private void connectReturned(Way way, Links port, List<PortInfo> now) {
        for (PortInfo candidate : now) {
            Peer known = port.known(candidate.name());
            Peer gone = known == null ? port.gone(candidate) : known;
            if (gone != null && gone.state == State.GONE && !gone.onlyOwed && !gone.dismissed) {
                Links to = gone.wish >= 0 && port.hasConnected() ? free(way, gone.wish) : port;
                if (connect(way, to, candidate, gone) && to != port) {
                    port.forget(gone);
                }
            }
        }
    }

    /** A port of ours for one more peer: an input that has none, if need be a new one, so that who goes ends only its notes. */
    private Links free(Way way, int wish) {
        List<Links> ports = way.ports(wish);
        for (Links port : ports) {
            if (!way.isInput() || !port.hasConnected()) {
                return port;
            }
        }
        String another = owner.openInput();
        return another.isEmpty() ? ports.getFirst() : way.add(wish, another);
    }

    /**
     * Connects what is wished for and has come.
     *
     * @param now all ports, also those of the other direction
     */
    private void connectWished(Way way, List<PortInfo> now, long nanos) {
        for (int number = 0; number < way.wishes().size(); number++) {
            int wish = number;
            for (PortInfo candidate : way.wanted(wish, now, nanos)) {
                if (way.ports().stream().noneMatch(port -> port.isKnown(candidate))) {
                    Links port = free(way, wish);
                    Peer before = port.peers().stream()
                            .filter(peer -> peer.wish == wish && peer.state == State.GONE && peer.toldGone)
                            .filter(peer -> !way.wishes().get(wish).isChoice())
                            .findFirst()
                            .orElse(null);
                    connect(way, port, candidate, before);
                    port.peer(candidate.name()).wish = wish;
                }
            }
        }
    }

    /**
     * Connects a peer, and tells it first the ends of what it may hold.
     *
     * @param before the peer that it is or replaces; null if it is new
     * @return false if it cannot be connected
     */
    private boolean connect(Way way, Links port, PortInfo candidate, @Nullable Peer before) {
        if (before != null && !way.isInput()) {
            owed.end(way.output(), before, candidate, true);
        }
        if (!backend.connect(port.port(), candidate)) {
            return false;
        }
        boolean renamed = before != null && !before.name.equals(candidate.name());
        if (before == null || before.toldGone) {
            LOG.warn(
                    "{} \"{}\": {}.",
                    way.where(),
                    before == null ? candidate.name() : before.name,
                    before == null ? "connected" : renamed ? "back as \"" + candidate.name() + '"' : "back");
        }
        Peer peer = port.peer(candidate.name());
        peer.connected(nanoClock.getAsLong());
        peer.onlyOwed = false;
        peer.dismissed = false;
        peer.toldGone = false;
        if (before != null) {
            peer.owed = before.owed;
            peer.leftOver = before.leftOver;
            peer.wish = before.wish;
            if (renamed) {
                port.forget(before);
            }
        }
        return true;
    }
}
