package antiphon.midi.jack;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * MIDI through JACK, or PipeWire's libjack. Every message leaves at its own frame; thru at the very frame it came in.
 *
 * <p>Receivers run in JACK's real-time process callback, with the time of arrival on {@code System.nanoTime()}'s
 * scale: the frame's time less one period, give or take JACK's own error. A message due at t leaves at the frame
 * nearest to t; one that comes too late for that leaves at the next cycle's first frame and is counted as late. Never
 * starts a server. Open, open ports, start and close on one thread. The callback's own code: {@link JackProcess}.
 */
public final class JackBackend implements MidiBackend {
    private static final int CONNECT_CYCLES = 3;
    private static final long CONNECT_NANOS = 10_000_000L;

    /** From the sender's decision to the queue that the callback reads, with much to spare. */
    private static final long HANDOVER_NANOS = 1_000_000L;

    private final long client;
    private final String clientName;
    private final int sampleRate;
    private final Arena arena = Arena.ofShared();
    private final JackMidi midi;
    private final CycleClock clock = new CycleClock();
    private final JackProcess process;
    private final JackThread thread;
    private final JackEvents events = new JackEvents(new PortNames());
    private final JackCycles cycles;
    private final List<JackInPort> inputs = new CopyOnWriteArrayList<>();
    private final List<JackOutPort> outputs = new CopyOnWriteArrayList<>();

    /** Guards {@link #left}: other threads may use the client while one closes, and a freed one must not be used. */
    private final Object clientLock = new Object();

    /** Names of the ports that are there for a moment are never used twice: the last one may still be listed. */
    private final AtomicInteger releases = new AtomicInteger();

    private int lastPeriodFrames;
    private volatile boolean started;
    private boolean closed;
    private boolean sentAll = true;

    /** The client is, or is being, freed. */
    private volatile boolean left;

    private JackBackend(long client, JackThread thread) {
        this.client = client;
        this.thread = thread;
        clientName = Jack.clientName(client);
        sampleRate = Jack.sampleRate(client);
        midi = new JackMidi.Native(client);
        process = new JackProcess(midi, clock, arena, sampleRate, System::nanoTime);
        cycles = new JackCycles(process, events, sampleRate, this::periodFrames);
        events.observe(new JackLoops(inputs, outputs, this::connections));
        events.register(client, arena);
    }

    /**
     * Loads what {@link #open} will need, if libjack is here, and runs the callback's code until it is compiled. Takes
     * some 100 ms. Never fails: {@code open} says what is missing.
     */
    public static void preload() {
        JackWarmUp.preload();
    }

    /** The same as the other {@code open}, with a real-time thread that has no name in the system's tools. */
    public static JackBackend open(String clientName, boolean exactName, String serverName) {
        return open(clientName, exactName, serverName, name -> {});
    }

    /**
     * Joins a running server.
     *
     * @param exactName whether to fail where another client has the name, instead of taking a similar one
     * @param serverName empty for the default, which JACK_DEFAULT_SERVER can change
     * @param threadNamer called on JACK's real-time thread before its first cycle: gives the calling thread this name
     *     for the system's tools
     * @throws MidiException if libjack is missing, no server answers, or the name is taken
     */
    public static JackBackend open(
            String clientName, boolean exactName, String serverName, Consumer<String> threadNamer) {
        return new JackBackend(JackClient.open(clientName, exactName, serverName), new JackThread(threadNamer));
    }

    @Override
    public String name() {
        return "jack";
    }

    /** The name JACK gave us. */
    public String clientName() {
        return clientName;
    }

    /** A message must be in the queue when the cycle that it is due in begins. */
    @Override
    public long leadNanos() {
        return NANOS_PER_SECOND * periodFrames() / sampleRate + HANDOVER_NANOS;
    }

    @Override
    public Frames frames() {
        return new Frames(sampleRate, periodFrames());
    }

    /** Thru leaves a period after arrival; what is decided in that cycle leaves in the next, a period after thru. */
    @Override
    public long immediateNanos() {
        return 2 * NANOS_PER_SECOND * periodFrames() / sampleRate;
    }

    /** Frames a cycle, now; the server may change it at any time. */
    public int periodFrames() {
        synchronized (clientLock) {
            if (!left) {
                lastPeriodFrames = Jack.bufferSize(client);
            }
            return lastPeriodFrames;
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public List<PortInfo> list() {
        List<PortInfo> ports = new ArrayList<>();
        synchronized (clientLock) {
            if (left || events.lost()) {
                return ports;
            }
            for (String name : Jack.midiPorts(client)) {
                long port = Jack.portByName(client, name);
                if (port != 0 && !Jack.portIsMine(client, port)) {
                    ports.add(Jack.portInfo(name, port));
                }
            }
        }
        return ports;
    }

    @Override
    public InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        long port = register(name, Jack.PORT_IS_INPUT);
        JackInPort input = new JackInPort(
                Jack.portName(port), new JackInput(port, receiver, clock, arena), List.copyOf(sources), this::close);
        inputs.add(input);
        publishPorts();
        if (started) {
            input.connect(this::connect);
        }
        return input;
    }

    private void close(JackInPort input) {
        if (inputs.remove(input)) {
            publishPorts();
            unregister(input.port().port());
        }
    }

    @Override
    public JackOutPort openOutput(String name, List<PortInfo> destinations) {
        long port = register(name, Jack.PORT_IS_OUTPUT);
        JackOutPort output = new JackOutPort(
                Jack.portName(port),
                new JackOutput(port, midi, clock),
                List.copyOf(destinations),
                sampleRate,
                () -> left || events.lost(),
                this::close);
        outputs.add(output);
        publishPorts();
        if (started) {
            output.connect(this::connect);
        }
        return output;
    }

    private void close(JackOutPort output) {
        if (outputs.contains(output)) {
            flush(List.of(output));
            outputs.remove(output);
            publishPorts();
            unregister(output.port().port());
        }
    }

    private long register(String name, int flags) {
        long port;
        synchronized (clientLock) {
            port = left || events.lost() ? 0 : Jack.portRegister(client, name, flags);
        }
        if (port == 0) {
            throw new MidiException("jack: cannot make the port \"" + clientName + ":" + name
                    + "\"; its name must be new and the server alive. Choose another name, or restart the server.");
        }
        return port;
    }

    private synchronized void publishPorts() {
        process.ports(
                inputs.stream().map(JackInPort::port).toArray(JackInput[]::new),
                outputs.stream().map(JackOutPort::port).toArray(JackOutput[]::new));
    }

    @Override
    public void start() {
        long anyInput = inputs.isEmpty() ? 0 : inputs.getFirst().port().port();
        long anyOutput = outputs.isEmpty() ? 0 : outputs.getFirst().port().port();
        JackWarmUp.run(midi, anyInput, anyOutput, periodFrames(), sampleRate);
        setCallbacks();
        if (Jack.activate(client) != 0) {
            throw new MidiException("jack: the server refuses to run us; a working one is needed. Restart it.");
        }
        started = true;
        inputs.forEach(in -> in.connect(this::connect));
        outputs.forEach(out -> out.connect(this::connect));
    }

    private void setCallbacks() {
        MemorySegment called = JackEvents.stub(arena, process, "called");
        JackWarmUp.call(called);
        Jack.setCallback("jack_set_process_callback", client, called);
        Jack.setCallback("jack_set_thread_init_callback", client, JackEvents.stub(arena, thread, "begins"));
    }

    @Override
    public void follow(Transport host) {
        process.follow(new JackTransport(midi, clock, arena, sampleRate, host));
    }

    @Override
    public int callbackPriority() {
        return Jack.realTimePriority(client);
    }

    @Override
    public void observe(PortObserver observer) {
        events.observe(observer);
    }

    @Override
    public Troubles troubles() {
        long droppedIn =
                inputs.stream().mapToLong(input -> input.port().dropped()).sum();
        long droppedOut =
                outputs.stream().mapToLong(output -> output.port().dropped()).sum();
        return new Troubles(events.xruns(), process.errors(), droppedIn, droppedOut);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sentAll = flush(outputs);
        events.close();
        synchronized (clientLock) {
            left = true;
        }
        if (JackClient.close(client, started && !events.lost(), () -> events.deregister(client))) {
            arena.close();
        }
    }

    @Override
    public boolean hasSentAll() {
        return sentAll;
    }

    /** True if all that is due has left. */
    private boolean flush(List<JackOutPort> waitFor) {
        return !started || cycles.flush(waitFor.stream().map(JackOutPort::port).toList());
    }

    @Override
    public List<String> connections(String port) {
        synchronized (clientLock) {
            long ours = left || events.lost() ? 0 : Jack.portByName(client, port);
            return ours == 0 ? List.of() : Jack.connections(client, ours);
        }
    }

    @Override
    public String howToConnect(String source, String destination) {
        return "jack_connect \"" + source + "\" \"" + destination + "\"";
    }

    @Override
    public boolean connect(String port, PortInfo peer) {
        int result = isOutput(port) ? tryConnect(port, peer.name()) : tryConnect(peer.name(), port);
        return result == 0 || result == Jack.ALREADY_CONNECTED;
    }

    @Override
    public boolean disconnect(String port, PortInfo peer) {
        boolean toPeer = isOutput(port);
        synchronized (clientLock) {
            return !left
                    && !events.lost()
                    && Jack.link(false, client, toPeer ? port : peer.name(), toPeer ? peer.name() : port) == 0;
        }
    }

    private boolean isOutput(String port) {
        return outputs.stream().anyMatch(out -> out.fullName().equals(port));
    }

    @Override
    public boolean sendOnly(PortInfo peer, int[] messages) {
        if (!started) {
            return false;
        }
        try (JackOutPort output = openOutput("release-" + releases.incrementAndGet(), List.of())) {
            connect(output.fullName(), peer.name());
            // A connection holds from the next cycle on; where the server does not wait for clients, from the one
            // after; of PipeWire, up to two cycles later still.
            boolean sent = cycles.await(CONNECT_CYCLES);
            LockSupport.parkNanos(CONNECT_NANOS);
            for (int message : messages) {
                sent &= output.send(message, System.nanoTime());
            }
            return sent && flush(List.of(output));
        } catch (MidiException unreachable) {
            return false;
        }
    }

    private int tryConnect(String source, String destination) {
        synchronized (clientLock) {
            return left || events.lost() ? -1 : Jack.link(true, client, source, destination);
        }
    }

    private void connect(String source, String destination) {
        int result = tryConnect(source, destination);
        if (result != 0 && result != Jack.ALREADY_CONNECTED) {
            throw MidiException.notConnected("jack", source, destination);
        }
    }

    private void unregister(long port) {
        if (!closed && !events.lost() && started) {
            cycles.await(2);
        }
        synchronized (clientLock) {
            if (!left && !closed && !events.lost()) {
                Jack.portUnregister(client, port);
            }
        }
    }

    private final class PortNames implements JackEvents.Names {
        @Override
        public String any(long id) {
            return name(id, false);
        }

        @Override
        public String ours(long id) {
            return name(id, true);
        }

        private String name(long id, boolean mustBeOurs) {
            synchronized (clientLock) {
                long port = left || events.lost() ? 0 : Jack.portById(client, id);
                return port == 0 || (mustBeOurs && !Jack.portIsMine(client, port)) ? "" : Jack.portName(port);
            }
        }
    }
}
