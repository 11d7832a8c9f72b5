package antiphon.midi.alsa;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * MIDI through the sequencer of the Linux kernel, which devices, desktops, DAWs, JACK's and PipeWire's bridges use.
 *
 * <p>Receivers run on a thread of ours, with the time at which the kernel got the message. What is due is handed to the
 * kernel ahead of time and leaves by its timer, which ticks {@value #TIMER_HERTZ} times a second; thru leaves at once, on
 * the receiving thread. Open, open ports, start and close on one thread.
 */
public final class AlsaBackend implements MidiBackend {
    /** Of the kernel's timer for what is due. Each costs an interrupt as long as we run. */
    private static final int TIMER_HERTZ = 2000;

    /** Messages that may wait in the kernel in each direction: as many as it allows. */
    private static final int POOL_EVENTS = 2000;

    private static final int INPUT_BYTES = 1 << 17;

    /** From the sender's decision to the kernel, with much to spare. */
    private static final long HANDOVER_NANOS = 2_000_000L;

    private static final long CLOSE_NANOS = 100_000_000L;
    private static final long STEP_NANOS = 500_000L;
    private static final String FIRST_QUEUE = "antiphon";

    private final Arena arena = Arena.ofShared();
    private final AlsaDirectory directory;
    private final long sequencer;
    private final int client;
    private final String clientName;
    private final int queue;
    private final QueueClock clock;
    private final AlsaReader reader;
    private final AlsaWatch watch;
    private final List<AlsaInput> inputs = new CopyOnWriteArrayList<>();
    private final List<AlsaOutput> outputs = new CopyOnWriteArrayList<>();
    private volatile boolean started;
    private boolean closed;
    private boolean sentAll = true;

    private AlsaBackend(String wantedName, IntPredicate raise) {
        directory = new AlsaDirectory(wantedName + " watch");
        clientName = freeName(wantedName, directory.clients());
        sequencer = Alsa.open();
        client = Alsa.call("snd_seq_client_id", sequencer);
        directory.hide(client);
        Alsa.callWithText("snd_seq_set_client_name", sequencer, clientName);
        Alsa.call("snd_seq_set_client_pool_output", sequencer, POOL_EVENTS);
        Alsa.call("snd_seq_set_client_pool_input", sequencer, POOL_EVENTS);
        Alsa.call("snd_seq_set_input_buffer_size", sequencer, INPUT_BYTES);
        queue = newQueue(sequencer);
        clock = QueueClock.of(sequencer, queue);
        clock.measure();
        watch = new AlsaWatch(directory, client, this::ours, clock::measure);
        reader = new AlsaReader(sequencer, clock, raise, watch::inputLost, arena);
        reader.begin();
    }

    /**
     * Joins the sequencer.
     *
     * @param clientName what others see us as; with a number behind it if that is taken
     * @param raise gives the calling thread this real-time priority; false if it may not have it
     * @throws antiphon.midi.NoServerException if there is no libasound or no sequencer
     * @throws MidiException if the sequencer has no room for us
     */
    public static AlsaBackend open(String clientName, IntPredicate raise) {
        AlsaLibrary.require();
        AlsaLibrary.requireSequencer();
        return new AlsaBackend(clientName, raise);
    }

    private static String freeName(String wanted, List<String> taken) {
        String name = wanted;
        for (int i = 2; taken.contains(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    private static int newQueue(long sequencer) {
        int queue = Alsa.require(
                "snd_seq_alloc_named_queue", Alsa.callWithText("snd_seq_alloc_named_queue", sequencer, FIRST_QUEUE));
        long timer = Alsa.make("snd_seq_queue_timer_malloc");
        Alsa.call("snd_seq_get_queue_timer", sequencer, queue, timer);
        Alsa.call("snd_seq_queue_timer_set_resolution", timer, TIMER_HERTZ);
        // A kernel whose timer is coarser keeps its own.
        Alsa.call("snd_seq_set_queue_timer", sequencer, queue, timer);
        Alsa.call("snd_seq_queue_timer_free", timer);
        Alsa.startQueue(sequencer, queue);
        return queue;
    }

    private List<AlsaWatch.Ours> ours() {
        List<AlsaWatch.Ours> ours = new ArrayList<>();
        inputs.forEach(input -> ours.add(new AlsaWatch.Ours(input.fullName(), input.port(), false)));
        outputs.forEach(output -> ours.add(new AlsaWatch.Ours(output.fullName(), output.port(), true)));
        return ours;
    }

    @Override
    public String name() {
        return "alsa";
    }

    /** The name that others see us by. */
    public String clientName() {
        return clientName;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.VIRTUAL_PORTS, Capability.HOT_PLUG, Capability.SCHEDULED_OUTPUT);
    }

    @Override
    public long leadNanos() {
        return HANDOVER_NANOS;
    }

    /** By then the answer to it is in the kernel's queue. */
    @Override
    public long immediateNanos() {
        return HANDOVER_NANOS;
    }

    /** Where our thread may have no priority, others of ours may not have one either; they ask and say so. */
    @Override
    public int callbackPriority() {
        return reader.priority() > AlsaReader.NO_PRIORITY ? reader.priority() : Integer.MAX_VALUE;
    }

    @Override
    public List<PortInfo> list() {
        return directory.ports().stream().map(AlsaPort::info).toList();
    }

    @Override
    public InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        AlsaInput input =
                new AlsaInput(newPort(name, Alsa.CAN_WRITE, queue), List.copyOf(sources), receiver, arena, this::close);
        inputs.add(input);
        reader.add(input);
        if (started) {
            connectAll(input);
        }
        return input;
    }

    @Override
    public OutputPort openOutput(String name, List<PortInfo> destinations) {
        AlsaOutput output = new AlsaOutput(
                newPort(name, Alsa.CAN_READ, AlsaDirectory.NO_QUEUE),
                sequencer,
                queue,
                clock,
                List.copyOf(destinations),
                arena,
                this::close);
        outputs.add(output);
        if (started) {
            connectAll(output);
        }
        return output;
    }

    private AlsaPort newPort(String name, int can, int stampedBy) {
        int port = closed ? -1 : AlsaDirectory.newPort(sequencer, name, can, stampedBy);
        if (port < 0) {
            throw new MidiException("alsa: cannot make the port \"" + clientName + ":" + name
                    + "\"; the sequencer must have room for it. Close some programs that use it (aconnect -l).");
        }
        return new AlsaPort(client, port, new PortInfo(clientName + ":" + name, false, false));
    }

    private void close(AlsaInput input) {
        if (inputs.remove(input)) {
            reader.remove(input);
            Alsa.call("snd_seq_delete_port", sequencer, input.port());
            input.free();
        }
    }

    private void close(AlsaOutput output) {
        if (outputs.contains(output)) {
            awaitEmptyQueue();
            outputs.remove(output);
            Alsa.call("snd_seq_delete_port", sequencer, output.port());
            output.free();
        }
    }

    @Override
    public void start() {
        AlsaWarmUp.run(clock, queue);
        Alsa.call("snd_seq_drop_input", sequencer);
        started = true;
        reader.start();
        directory.listen();
        watch.start();
        inputs.forEach(this::connectAll);
        outputs.forEach(this::connectAll);
    }

    private void connectAll(AlsaInput input) {
        input.sources().forEach(source -> requireConnected(input.fullName(), source, source.name(), input.fullName()));
    }

    private void connectAll(AlsaOutput output) {
        output.destinations()
                .forEach(peer -> requireConnected(output.fullName(), peer, output.fullName(), peer.name()));
    }

    private void requireConnected(String port, PortInfo peer, String source, String destination) {
        if (!connect(port, peer)) {
            throw MidiException.notConnected("alsa", source, destination);
        }
    }

    @Override
    public boolean connect(String port, PortInfo peer) {
        return link(true, port, peer);
    }

    @Override
    public boolean disconnect(String port, PortInfo peer) {
        return link(false, port, peer);
    }

    private boolean link(boolean connected, String port, PortInfo peer) {
        Optional<AlsaWatch.Ours> ours = find(port);
        Optional<AlsaPort> other = directory.find(peer.name());
        if (ours.isEmpty() || other.isEmpty()) {
            return false;
        }
        int own = ours.get().port();
        int otherClient = other.get().client();
        int otherPort = other.get().port();
        return ours.get().isOutput()
                ? directory.link(connected, client, own, otherClient, otherPort)
                : directory.link(connected, otherClient, otherPort, client, own);
    }

    private Optional<AlsaWatch.Ours> find(String port) {
        return ours().stream().filter(each -> each.name().equals(port)).findFirst();
    }

    @Override
    public List<String> connections(String port) {
        return find(port)
                .map(each -> directory.connections(client, each.port(), each.isOutput()))
                .orElse(List.of());
    }

    @Override
    public boolean sendOnly(PortInfo peer, int[] messages) {
        Optional<AlsaPort> other = directory.find(peer.name());
        return started && other.isPresent() && directory.sendOnly(other.get(), messages);
    }

    @Override
    public String howToConnect(String source, String destination) {
        return "aconnect " + address(source) + " " + address(destination);
    }

    /** As aconnect(1) takes it: the numbers, because it takes no names of ports. */
    private String address(String name) {
        Optional<AlsaPort> other = directory.find(name);
        return find(name)
                .map(ours -> client + ":" + ours.port())
                .or(() -> other.map(port -> port.client() + ":" + port.port()))
                .orElse("\"" + name + "\"");
    }

    @Override
    public void observe(PortObserver observer) {
        watch.observe(observer);
    }

    @Override
    public Troubles troubles() {
        return new Troubles(
                reader.overruns(),
                reader.errors(),
                inputs.stream().mapToLong(AlsaInput::dropped).sum(),
                outputs.stream().mapToLong(AlsaOutput::dropped).sum());
    }

    /** What waits in the kernel is lost when the client goes. */
    private boolean awaitEmptyQueue() {
        long status = Alsa.make("snd_seq_queue_status_malloc");
        long deadline = System.nanoTime() + CLOSE_NANOS;
        while (waiting(status) > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STEP_NANOS);
        }
        boolean empty = waiting(status) <= 0;
        Alsa.call("snd_seq_queue_status_free", status);
        return empty;
    }

    private int waiting(long status) {
        return Alsa.call("snd_seq_get_queue_status", sequencer, queue, status) < 0
                ? 0
                : Alsa.call("snd_seq_queue_status_get_events", status);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sentAll = awaitEmptyQueue();
        watch.close();
        reader.close();
        new ArrayList<>(outputs).forEach(AlsaOutput::close);
        new ArrayList<>(inputs).forEach(AlsaInput::close);
        directory.close();
        Alsa.call("snd_seq_close", sequencer);
        if (reader.hasEnded()) {
            arena.close();
        }
    }

    @Override
    public boolean hasSentAll() {
        return sentAll;
    }
}
