package antiphon.midi.alsa;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.library.RawMemory;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A cold thread that reads what the sequencer announces (ports that come and go, connections that are made and ended)
 * and tells observers.
 */
final class AlsaWatch {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** In an event of a connection: after the sender's address. */
    private static final int RECEIVER = Alsa.DATA + 2;

    /** What else it looks after, so often, when nothing is announced. */
    private static final int LOOK_MILLIS = 10_000;

    /**
     * A port of ours.
     *
     * @param name its full name
     * @param port its number
     */
    record Ours(String name, int port, boolean isOutput) {}

    private final AlsaDirectory directory;
    private final int client;
    private final Supplier<List<Ours>> ports;
    private final Runnable eachTime;
    private final Arena arena = Arena.ofShared();
    private final WakeUp wakeUp = new WakeUp();
    private final long pollSet;
    private final long place;
    private final Thread thread = new Thread(this::run, "antiphon-alsa-watch");
    private final CopyOnWriteArrayList<PortObserver> observers = new CopyOnWriteArrayList<>();

    /** Whom each was connected to when we last looked, by {@linkplain AlsaPort#address addresses}. This thread's. */
    private final Map<Ours, List<Integer>> peers = new HashMap<>();

    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * Makes a thread that does not run yet.
     *
     * @param client whose connections are told of
     * @param ports its ports now
     * @param eachTime called whenever it wakes
     */
    AlsaWatch(AlsaDirectory directory, int client, Supplier<List<Ours>> ports, Runnable eachTime) {
        this.directory = directory;
        this.client = client;
        this.ports = ports;
        this.eachTime = eachTime;
        pollSet = Alsa.pollSet(arena, directory.sequencer(), wakeUp.file()).address();
        place = arena.allocate(JAVA_LONG).address();
        thread.setDaemon(true);
    }

    void observe(PortObserver observer) {
        observers.add(observer);
    }

    void start() {
        thread.start();
    }

    /** Events of our inputs were lost, note-offs perhaps: all that our ports hold is to be ended. Any thread. */
    void inputLost() {
        lost = true;
        wakeUp.wake();
    }

    private void run() {
        while (!closed) {
            Alsa.poll(pollSet, 2, LOOK_MILLIS);
            if (closed) {
                return;
            }
            eachTime.run();
            boolean changed = readAll();
            if (lost) {
                lost = false;
                wakeUp.clear();
                ports.get().forEach(ours -> observers.forEach(observer -> observer.parted(ours.name())));
                changed = true;
            }
            if (changed) {
                observers.forEach(PortObserver::portsChanged);
            }
        }
    }

    private boolean readAll() {
        boolean changed = false;
        Set<String> parted = new HashSet<>();
        int result = Alsa.input(directory.sequencer(), place);
        while ((result >= 0 || result == Alsa.NO_SPACE) && !closed) {
            changed = true;
            if (result >= 0) {
                read(RawMemory.ALL.get(JAVA_LONG, place), parted);
            }
            result = Alsa.input(directory.sequencer(), place);
        }
        tell(parted);
        if (changed) {
            ports.get().forEach(ours -> peers.put(ours, directory.peers(client, ours.port(), ours.isOutput())));
        }
        return changed;
    }

    private void read(long event, Set<String> parted) {
        int address = AlsaPort.readAddress(event + Alsa.DATA);
        switch (RawMemory.ALL.get(JAVA_BYTE, event) & 0xFF) {
            case Alsa.PORT_START ->
                directory.ports().stream()
                        .filter(each -> each.address() == address)
                        .forEach(each -> observers.forEach(
                                observer -> observer.appeared(each.info().name())));
            // The sequencer says nothing of a connection that ends with its port.
            case Alsa.PORT_EXIT ->
                ports.get().stream()
                        .filter(ours -> peers.getOrDefault(ours, List.of()).contains(address))
                        .forEach(ours -> parted.add(ours.name()));
            case Alsa.PORT_UNSUBSCRIBED -> {
                int receiver = AlsaPort.readAddress(event + RECEIVER);
                ports.get().stream()
                        .filter(ours -> isAt(ours, address) || isAt(ours, receiver))
                        .forEach(ours -> parted.add(ours.name()));
            }
            default -> {
                // Only that something has changed.
            }
        }
    }

    private boolean isAt(Ours ours, int address) {
        return AlsaPort.address(client, ours.port()) == address;
    }

    private void tell(Set<String> parted) {
        for (String port : List.copyOf(parted)) {
            observers.forEach(observer -> observer.parted(port));
        }
    }

    /** No observer is called after this, unless one itself hangs or is the caller. */
    void close() {
        closed = true;
        wakeUp.wake();
        try {
            if (Thread.currentThread() != thread && thread.isAlive()) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            wakeUp.close();
            arena.close();
        }
    }
}
