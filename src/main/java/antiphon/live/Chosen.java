package antiphon.live;

import antiphon.live.Links.Peer;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Who is connected, as people see it, and what they choose while music is played. Any cold thread. */
final class Chosen implements Connections {
    private final MidiBackend backend;
    private final Way in;
    private final List<Way> outs;

    /** Guards the ways. */
    private final ReentrantLock lock;

    private final Runnable look;
    private volatile List<Port> shown = List.of();
    private volatile long changes;

    /**
     * Knows of nothing yet.
     *
     * @param lock held whenever the ways are used
     * @param look sees to it that things become as the ways say
     */
    Chosen(MidiBackend backend, Way in, List<Way> outs, ReentrantLock lock, Runnable look) {
        this.backend = backend;
        this.in = in;
        this.outs = outs;
        this.lock = lock;
        this.look = look;
    }

    /**
     * Puts down what people are shown. Whoever holds the lock.
     *
     * @param now the ports that there are
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only who holds the lock writes it.
    void show(List<PortInfo> now) {
        List<Port> ports = Way.ports(in, outs, now);
        if (!ports.equals(shown)) {
            shown = ports;
            changes = changes + 1;
        }
    }

    @Override
    public List<Port> ports() {
        return shown;
    }

    @Override
    public long changes() {
        return changes;
    }

    @Override
    public List<String> missing() {
        lock.lock();
        try {
            return Stream.concat(Stream.of(in), outs.stream())
                    .flatMap(way -> way.missing().stream().map(pattern -> way.where() + " \"" + pattern + '"'))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String connect(int output, String name) {
        lock.lock();
        try {
            return output < outs.size() ? connect(way(output), name) : none(output, name);
        } finally {
            lock.unlock();
        }
    }

    private Way way(int output) {
        return output == INPUT ? in : outs.get(output);
    }

    private static String none(int output, String name) {
        return Wiring.section(output) + " \"" + name + "\": there is no such output. Set " + Wiring.section(output)
                + ".open and start again.";
    }

    private String connect(Way way, String name) {
        PortInfo named = Owed.find(name, backend.list());
        if (named != null && way.isExcluded(named)) {
            return way.where() + " \"" + name + "\": excluded by " + way.where()
                    + ".exclude. Take it out there and start" + " again.";
        }
        List<PortInfo> there = backend.list().stream().filter(way::fits).toList();
        PortInfo port = Owed.find(name, there);
        Peer byName = way.known(name);
        if (byName == null && port == null) {
            return PortPatterns.missing(way.where(), name, there);
        }
        Peer known = byName == null && port != null ? way.gone(port) : byName;
        int wish = way.wishFor(name);
        if (known != null) {
            known.dismissed = false;
            known.wish = wish;
            known.state = known.state == Links.State.CONNECTED ? known.state : Links.State.GONE;
        }
        look.run();
        return port != null && way.connectedTo(name) < 0 ? refused(way, name, "connect") : "";
    }

    /** Where a system has no ports of our own, each device is opened at the start. */
    private String refused(Way way, String name, String what) {
        boolean virtual = backend.capabilities().contains(MidiBackend.Capability.VIRTUAL_PORTS);
        return way.where() + " \"" + name + "\": " + backend.name() + " does not " + what + " it"
                + (virtual
                        ? " now. Try again."
                        : " while music is played. Set " + way.where() + ".ports and start again.");
    }

    @Override
    public String disconnect(int output, String name) {
        lock.lock();
        try {
            return output < outs.size() ? disconnect(way(output), name) : none(output, name);
        } finally {
            lock.unlock();
        }
    }

    private String disconnect(Way way, String name) {
        Peer known = way.known(name);
        if (known == null) {
            return way.where() + " \"" + name + "\": is not connected.";
        }
        PortInfo port = Owed.find(name, backend.list());
        int number = way.connectedTo(name);
        if (port != null
                && number >= 0
                && !backend.disconnect(way.ports().get(number).port(), port)) {
            return refused(way, name, "disconnect");
        }
        known.dismissed = true;
        look.run();
        return "";
    }
}
