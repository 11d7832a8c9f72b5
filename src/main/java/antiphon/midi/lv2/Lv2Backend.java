package antiphon.midi.lv2;

import antiphon.midi.FedInput;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.OurPorts;
import antiphon.midi.PortInfo;
import antiphon.midi.Watch;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * MIDI through our LV2 plugin in hosts of this machine. Each plugin instance is a port that can be listened to and played on;
 * which of our ports it is connected with is known here alone. What is due is played by the plugin, at its frame.
 *
 * <p>Receivers run on a thread of ours, with the time at which the host played the message, less a period, as JACK has it.
 * Open, open ports, start and close on one thread.
 */
public final class Lv2Backend implements MidiBackend {
    /**
     * From the sender's decision to the ring that the plugin reads, with much to spare: the plugin's clock follows the cycles
     * as its host runs them, and may be some milliseconds late itself.
     */
    private static final long HANDOVER_NANOS = 6_000_000L;

    private static final long CLOSE_NANOS = 150_000_000L;
    private static final long STEP_NANOS = 500_000L;

    /** Until a host that runs must have run its plugin. */
    private static final long ACCEPTED_NANOS = 200_000_000L;

    private final String clientName;
    private final Lv2Options options;
    private final Lv2Reader reader;
    private final Scan scan;
    private final Watch watch = new Watch("lv2");
    private final OnlyPlugin only;
    private final List<FedInput> inputs = new CopyOnWriteArrayList<>();
    private final List<Lv2Output> outputs = new CopyOnWriteArrayList<>();
    private final OurPorts<Lv2Output> ours = new OurPorts<>(inputs, outputs);
    private volatile boolean started;

    /** What observers know. */
    private volatile Frames toldFrames = Frames.NONE;

    private boolean closed;
    private boolean sentAll = true;

    private Lv2Backend(String clientName, Lv2Options options, IntPredicate raise) {
        this.clientName = clientName;
        this.options = options;
        only = new OnlyPlugin(options.only(), watch);
        reader = new Lv2Reader(raise, this::stalled);
        scan = new Scan(new Folder(options.folder()), this::came, this::went, this::looked);
        watch.start();
        reader.start();
        scan.look();
        scan.start();
    }

    /**
     * Looks for plugins, which may come at any time.
     *
     * @param clientName what our ports are called
     * @param raise gives the calling thread this real-time priority; false if it may not have it
     * @throws MidiException if this is not Linux
     */
    public static Lv2Backend open(String clientName, Lv2Options options, IntPredicate raise) {
        return new Lv2Backend(clientName, options, raise);
    }

    @Override
    public String name() {
        return "lv2";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Frames frames() {
        Plugin leader = reader.leader();
        return leader == null ? Frames.NONE : new Frames(leader.rate(), leader.frames());
    }

    private long periodNanos() {
        Plugin leader = reader.leader();
        return leader == null ? 0 : leader.periodNanos();
    }

    /** A message must be in the ring when the cycle begins that it is due in. */
    @Override
    public long leadNanos() {
        return periodNanos() + HANDOVER_NANOS;
    }

    /** What comes in is told a period after it came, and what is decided in that cycle leaves in the next. */
    @Override
    public long immediateNanos() {
        return 2 * periodNanos();
    }

    /** Where our thread may have no priority, others of ours may not have one either; they ask and say so. */
    @Override
    public int callbackPriority() {
        return reader.priority() > Lv2Reader.NO_PRIORITY ? reader.priority() : Integer.MAX_VALUE;
    }

    private Stream<Plugin> plugins() {
        return scan.plugins().stream().filter(only::welcomes);
    }

    /** Those that another program plays with are not there for us. */
    @Override
    public List<PortInfo> list() {
        long now = System.nanoTime();
        return plugins()
                .filter(plugin -> plugin.isFree(now))
                .map(plugin -> plugin.info)
                .toList();
    }

    private void came(Plugin plugin) {
        if (!only.welcomes(plugin)) {
            return;
        }
        if (options.hears()) {
            inputs.forEach(input -> connect(input, plugin));
        }
        if (options.plays()) {
            // Further ones have receivers of their own: one plugin would get everything twice.
            outputs.stream().limit(1).forEach(output -> connect(output, plugin));
        }
        watch.tell("lv2: the plugin \"" + plugin.info.name() + "\" is here.");
        watch.appeared(plugin.info.name());
    }

    private synchronized void went(Plugin plugin) {
        List<String> parted = portsOf(plugin);
        inputs.forEach(plugin::disconnect);
        outputs.forEach(output -> part(output, plugin));
        reader.remove(plugin);
        plugin.close();
        watch.tell("lv2: the plugin \"" + plugin.info.name() + "\" has gone.");
        watch.changed(parted);
        only.went(plugin);
    }

    private void stalled(Plugin plugin) {
        watch.tell("lv2: the plugin \"" + plugin.info.name() + "\" did not hear from us for "
                + Layout.ALIVE_NANOS / 1_000_000 + " ms, and has ended what we had begun.");
        watch.changed(portsOf(plugin));
    }

    private List<String> portsOf(Plugin plugin) {
        return ours.which(plugin::isConnected, plugin::isConnected);
    }

    private void looked() {
        long nanos = System.nanoTime();
        only.looked(plugins().anyMatch(plugin -> plugin.isFree(nanos)));
        Frames now = frames();
        if (!now.equals(toldFrames)) {
            toldFrames = now;
            watch.changed(List.of());
        }
    }

    @Override
    public InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        FedInput input = new FedInput(clientName + ":" + name, receiver, this::close);
        inputs.add(input);
        sources.forEach(source -> requireConnected(input.fullName(), source, source.name(), input.fullName()));
        if (sources.isEmpty() && options.hears()) {
            plugins().forEach(plugin -> connect(input, plugin));
        }
        if (started) {
            input.start();
        }
        return input;
    }

    @Override
    public OutputPort openOutput(String name, List<PortInfo> destinations) {
        Lv2Output output = new Lv2Output(clientName + ":" + name, reader::heard, this::close);
        outputs.add(output);
        destinations.forEach(peer -> requireConnected(output.fullName(), peer, output.fullName(), peer.name()));
        if (destinations.isEmpty() && options.plays() && outputs.size() == 1) {
            plugins().forEach(plugin -> connect(output, plugin));
        }
        return output;
    }

    private void requireConnected(String port, PortInfo peer, String source, String destination) {
        if (!connect(port, peer)) {
            throw MidiException.notConnected("lv2", source, destination);
        }
    }

    private void close(FedInput input) {
        if (inputs.remove(input)) {
            scan.plugins().forEach(plugin -> disconnect(input, plugin));
            reader.awaitEndOfTurn();
        }
    }

    private void close(Lv2Output output) {
        if (outputs.contains(output)) {
            await(output::isEmpty, CLOSE_NANOS);
            outputs.remove(output);
            scan.plugins().forEach(plugin -> disconnect(output, plugin));
        }
    }

    @Override
    public void start() {
        started = true;
        inputs.forEach(FedInput::start);
    }

    @Override
    public void follow(Transport host) {
        reader.follow(host);
    }

    @Override
    public void observe(PortObserver observer) {
        watch.observe(observer);
        // A plugin may have come since the session asked.
        toldFrames = Frames.NONE;
        only.tell();
    }

    private static boolean await(BooleanSupplier condition, long patienceNanos) {
        long deadline = System.nanoTime() + patienceNanos;
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STEP_NANOS);
        }
        return condition.getAsBoolean();
    }

    private boolean connect(FedInput input, Plugin plugin) {
        return attached(plugin, () -> plugin.connect(input));
    }

    private boolean connect(Lv2Output output, Plugin plugin) {
        return attached(plugin, () -> {
            plugin.connect(output);
            output.connect(plugin);
        });
    }

    private boolean attached(Plugin plugin, Runnable connecting) {
        synchronized (this) {
            boolean was = plugin.isAttached();
            if (closed || !plugin.attach(System.nanoTime())) {
                return false;
            }
            connecting.run();
            if (!was) {
                reader.add(plugin);
            }
        }
        // A host that does not run its plugin now may do so later.
        await(plugin::isOpen, ACCEPTED_NANOS);
        return true;
    }

    private synchronized boolean disconnect(FedInput input, Plugin plugin) {
        boolean was = plugin.isConnected(input);
        plugin.disconnect(input);
        leave(plugin);
        return was;
    }

    private synchronized boolean disconnect(Lv2Output output, Plugin plugin) {
        boolean was = plugin.isConnected(output);
        part(output, plugin);
        leave(plugin);
        return was;
    }

    private static void part(Lv2Output output, Plugin plugin) {
        plugin.disconnect(output);
        output.disconnect(plugin);
    }

    /** A plugin that none of our ports uses any more is free for others. */
    private void leave(Plugin plugin) {
        if (plugin.isAttached() && !plugin.isUsed()) {
            reader.remove(plugin);
            plugin.detach();
        }
    }

    private Optional<Plugin> find(PortInfo wanted) {
        return plugins()
                .filter(plugin -> plugin.info.name().equals(wanted.name()))
                .findFirst();
    }

    @Override
    public boolean connect(String port, PortInfo wanted) {
        boolean connected = find(wanted)
                .filter(plugin -> ours.with(port, input -> connect(input, plugin), output -> connect(output, plugin)))
                .isPresent();
        if (connected) {
            watch.changed(List.of());
        }
        return connected;
    }

    @Override
    public boolean disconnect(String port, PortInfo wanted) {
        boolean parted = find(wanted)
                .filter(plugin ->
                        ours.with(port, input -> disconnect(input, plugin), output -> disconnect(output, plugin)))
                .isPresent();
        if (parted) {
            watch.changed(List.of(port));
        }
        return parted;
    }

    @Override
    public List<String> connections(String port) {
        return plugins()
                .filter(plugin -> portsOf(plugin).contains(port))
                .map(plugin -> plugin.info.name())
                .toList();
    }

    @Override
    public boolean sendOnly(PortInfo wanted, int[] messages) {
        Plugin plugin = started ? find(wanted).orElse(null) : null;
        if (plugin == null) {
            return false;
        }
        Lv2Output alone = new Lv2Output(clientName + ":only", reader::heard, output -> {});
        boolean sent = connect(alone, plugin) && plugin.isOpen();
        long now = System.nanoTime();
        sent = sent && Arrays.stream(messages).allMatch(message -> alone.send(message, now));
        sent = sent && await(alone::isEmpty, CLOSE_NANOS);
        disconnect(alone, plugin);
        return sent;
    }

    @Override
    public Troubles troubles() {
        long receivers = inputs.stream().mapToLong(FedInput::errors).sum();
        long droppedIn = plugins().mapToLong(Plugin::droppedInputs).sum();
        long droppedOut = plugins().mapToLong(Plugin::droppedOutputs).sum();
        return new Troubles(
                0,
                receivers + reader.errors(),
                droppedIn,
                droppedOut + outputs.stream().mapToLong(Lv2Output::dropped).sum());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sentAll = await(() -> outputs.stream().allMatch(Lv2Output::isEmpty), CLOSE_NANOS);
        outputs.forEach(Lv2Output::close);
        inputs.forEach(FedInput::close);
        scan.close();
        reader.close();
        scan.plugins().forEach(Plugin::close);
        watch.close();
    }

    @Override
    public boolean hasSentAll() {
        return sentAll;
    }
}
