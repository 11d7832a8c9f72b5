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
    private final JackEvents events = new JackEvents(this::list);
    private final JackCycles cycles;
    private final List<In> inputs = new ArrayList<>();
    private final List<JackOutPort> outputs = new ArrayList<>();

    /** Guards {@link #left}: other threads may ask for ports while one closes, and a freed client must not be used. */
    private final Object clientLock = new Object();

    private int lastPeriodFrames;
    private boolean started;
    private boolean closed;

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
        In input = new In(Jack.portName(port), new JackInput(port, receiver, clock, arena), List.copyOf(sources));
        inputs.add(input);
        publishPorts();
        if (started) {
            input.connect();
        }
        return input;
    }

    @Override
    public OutputPort openOutput(String name, List<PortInfo> destinations) {
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
        long port = left || events.lost() ? 0 : Jack.portRegister(client, name, flags);
        if (port == 0) {
            throw new MidiException("jack: cannot make the port \"" + clientName + ":" + name
                    + "\"; its name must be new and the server alive. Choose another name, or restart the server.");
        }
        return port;
    }

    private void publishPorts() {
        process.ports(
                inputs.stream().map(in -> in.port).toArray(JackInput[]::new),
                outputs.stream().map(JackOutPort::port).toArray(JackOutput[]::new));
    }

    @Override
    public void start() {
        long anyInput = inputs.isEmpty() ? 0 : inputs.getFirst().port.port();
        long anyOutput = outputs.isEmpty() ? 0 : outputs.getFirst().port().port();
        JackWarmUp.run(midi, anyInput, anyOutput, periodFrames(), sampleRate);
        setCallbacks();
        if (Jack.activate(client) != 0) {
            throw new MidiException("jack: the server refuses to run us; a working one is needed. Restart it.");
        }
        started = true;
        inputs.forEach(In::connect);
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
                inputs.stream().mapToLong(input -> input.port.dropped()).sum();
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
        flush(outputs);
        events.close();
        synchronized (clientLock) {
            left = true;
        }
        if (JackClient.close(client, started && !events.lost())) {
            arena.close();
        }
    }

    private void flush(List<JackOutPort> waitFor) {
        if (started) {
            cycles.flush(waitFor.stream().map(JackOutPort::port).toList());
        }
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
    public void reconnect(PortInfo peer) {
        synchronized (clientLock) {
            if (!left) {
                inputs.stream()
                        .filter(in -> peer.isAmong(in.sources))
                        .forEach(in -> Jack.connect(client, peer.name(), in.fullName));
                outputs.stream()
                        .filter(out -> peer.isAmong(out.destinations()))
                        .forEach(out -> Jack.connect(client, out.fullName(), peer.name()));
            }
        }
    }

    private void connect(String source, String destination) {
        int result = Jack.connect(client, source, destination);
        if (result != 0 && result != Jack.ALREADY_CONNECTED) {
            throw new MidiException("jack: cannot connect \"" + source + "\" to \"" + destination
                    + "\"; both must be there. Run: antiphon ports");
        }
    }

    private void unregister(long port) {
        if (!closed && !events.lost()) {
            if (started) {
                cycles.await(2);
            }
            Jack.portUnregister(client, port);
        }
    }

    private final class In implements InputPort {
        private final String fullName;
        private final JackInput port;
        private final List<PortInfo> sources;

        In(String fullName, JackInput port, List<PortInfo> sources) {
            this.fullName = fullName;
            this.port = port;
            this.sources = sources;
        }

        void connect() {
            sources.forEach(source -> JackBackend.this.connect(source.name(), fullName));
        }

        @Override
        public String fullName() {
            return fullName;
        }

        @Override
        public void close() {
            if (inputs.remove(this)) {
                publishPorts();
                unregister(port.port());
            }
        }
    }
}
