package antiphon.midi.rtp;

import antiphon.Amount;
import antiphon.midi.FedInput;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.OurPorts;
import antiphon.midi.PortInfo;
import antiphon.midi.Watch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MIDI over a network: a session that others join, and sessions of others that we join. Each peer is a port that can be
 * listened to and played on; which of our ports it is connected with is known here alone.
 *
 * <p>Receivers run on a thread of ours, with the time at which the peer sent the message, as far as the clocks could be
 * compared. What is due is sent by another thread of ours. Open, open ports, start and close on one thread.
 */
public final class RtpBackend implements MidiBackend {
    /** From the sender's decision to the sending thread, with much to spare. */
    private static final long HANDOVER_NANOS = 1_000_000L;

    /** For what is due soon and what peers have not confirmed, when we close. */
    private static final long CLOSE_NANOS = 80_000_000L;

    private static final long ALONE_NANOS = 200_000_000L;
    private static final long STEP_NANOS = 500_000L;

    private final String clientName;
    private final RtpOptions options;
    private final UdpPair ports;
    private final Session session;
    private final SessionThread receiving;
    private final SendingThread sending;
    private final Watch watch = new Watch("rtp");
    private final @Nullable Announcement announcement;
    private final List<FedInput> inputs = new CopyOnWriteArrayList<>();
    private final List<RtpOutput> outputs = new CopyOnWriteArrayList<>();
    private final OurPorts<RtpOutput> ours = new OurPorts<>(inputs, outputs);
    private volatile boolean started;
    private boolean closed;
    private boolean sentAll = true;

    private RtpBackend(String clientName, RtpOptions options, IntPredicate raise) {
        this.clientName = clientName;
        this.options = options;
        long epochNanos = System.nanoTime();
        SplittableRandom random = new SplittableRandom(epochNanos ^ System.identityHashCode(this));
        ports = UdpPair.open(options.address(), options.port(), random.nextInt());
        session = new Session(ports, clientName, options, new Welcome(), random, epochNanos);
        sending = new SendingThread(ports.data(), epochNanos, session::peers, raise);
        try {
            receiving = new SessionThread(ports, session, raise);
        } catch (IOException failure) {
            ports.close();
            throw new MidiException("rtp: no network (" + failure.getMessage() + "). Use another --backend.", failure);
        }
        watch.start();
        watch.tell("rtp: the session \"" + clientName + "\" is at "
                + address(new InetSocketAddress(options.address(), ports.port())) + ".");
        sending.start();
        receiving.start();
        announcement = options.announced() && !options.address().isLoopbackAddress()
                ? Announcement.begin(options.address(), clientName, ports.port(), watch::tell)
                : null;
    }

    /**
     * Opens a session, which others may join at once.
     *
     * @param clientName what others see us as
     * @param raise gives the calling thread this real-time priority; false if it may not have it
     * @throws MidiException if the ports are taken or the address is not ours
     */
    public static RtpBackend open(String clientName, RtpOptions options, IntPredicate raise) {
        return new RtpBackend(clientName, options, raise);
    }

    /** Connects who comes, and tells who leaves. */
    private final class Welcome implements SessionObserver {
        @Override
        public void came(Peer peer) {
            if (options.hears()) {
                inputs.forEach(input -> connect(input, peer));
            }
            if (options.plays()) {
                // Further ones have receivers of their own: one peer would get everything twice.
                outputs.stream().limit(1).forEach(output -> connect(output, peer));
            }
            watch.tell("rtp: \"" + peer.name + "\" is here, from " + address(peer.control) + ".");
            watch.appeared(peer.name);
        }

        @Override
        public void left(Peer peer, String reason) {
            List<String> parted = portsOf(peer);
            outputs.forEach(output -> disconnect(output, peer));
            long lost = peer.in.lostPackets();
            watch.tell("rtp: \"" + peer.name + "\" " + reason + "."
                    + (lost == 0 ? "" : " " + Amount.of(lost, "packet") + " had been lost or late on the way."));
            watch.changed(parted);
        }

        @Override
        public void tell(String line) {
            watch.tell(line);
        }
    }

    private static String address(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public String name() {
        return "rtp";
    }

    /** Our session's port; the music comes on the next one. */
    public int port() {
        return ports.port();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.VIRTUAL_PORTS, Capability.HOT_PLUG, Capability.SCHEDULED_OUTPUT);
    }

    @Override
    public long leadNanos() {
        return HANDOVER_NANOS;
    }

    /** By then the answer to it is with the sending thread. */
    @Override
    public long immediateNanos() {
        return HANDOVER_NANOS;
    }

    /** Where our thread may have no priority, others of ours may not have one either; they ask and say so. */
    @Override
    public int callbackPriority() {
        return receiving.priority() > SessionThread.NO_PRIORITY ? receiving.priority() : Integer.MAX_VALUE;
    }

    @Override
    public List<PortInfo> list() {
        return Arrays.stream(session.peers())
                .map(peer -> new PortInfo(peer.name, List.of(address(peer.control)), true, true))
                .toList();
    }

    @Override
    public InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        FedInput input = new FedInput(clientName + ":" + name, receiver, this::close);
        inputs.add(input);
        sources.forEach(source -> requireConnected(input.fullName(), source, source.name(), input.fullName()));
        if (sources.isEmpty() && options.hears()) {
            peers().forEach(peer -> connect(input, peer));
        }
        if (started) {
            input.start();
        }
        return input;
    }

    @Override
    public OutputPort openOutput(String name, List<PortInfo> destinations) {
        RtpOutput output = new RtpOutput(clientName + ":" + name, sending::wake, this::close);
        outputs.add(output);
        sending.add(output);
        destinations.forEach(peer -> requireConnected(output.fullName(), peer, output.fullName(), peer.name()));
        if (destinations.isEmpty() && options.plays() && outputs.size() == 1) {
            peers().forEach(peer -> connect(output, peer));
        }
        return output;
    }

    private Stream<Peer> peers() {
        return Arrays.stream(session.peers());
    }

    private List<String> portsOf(Peer peer) {
        return ours.which(peer::isConnected, output -> output.isConnected(peer));
    }

    private void requireConnected(String port, PortInfo peer, String source, String destination) {
        if (!connect(port, peer)) {
            throw MidiException.notConnected("rtp", source, destination);
        }
    }

    private void close(FedInput input) {
        if (inputs.remove(input)) {
            peers().forEach(peer -> disconnect(input, peer));
            receiving.awaitEndOfTurn();
        }
    }

    private void close(RtpOutput output) {
        if (outputs.remove(output)) {
            sending.awaitEmpty(output, CLOSE_NANOS);
            sending.remove(output);
        }
    }

    @Override
    public void start() {
        started = true;
        inputs.forEach(FedInput::start);
    }

    @Override
    public void observe(PortObserver observer) {
        watch.observe(observer);
    }

    private Optional<Peer> find(PortInfo wanted) {
        return peers().filter(peer -> peer.name.equals(wanted.name())).findFirst();
    }

    private synchronized boolean connect(FedInput input, Peer peer) {
        peer.connect(input);
        return peer.isOpen();
    }

    private synchronized boolean connect(RtpOutput output, Peer peer) {
        output.connect(peer);
        return peer.isOpen();
    }

    private synchronized boolean disconnect(FedInput input, Peer peer) {
        boolean was = peer.isConnected(input);
        peer.disconnect(input);
        return was;
    }

    private synchronized boolean disconnect(RtpOutput output, Peer peer) {
        boolean was = output.isConnected(peer);
        output.disconnect(peer);
        return was;
    }

    @Override
    public boolean connect(String port, PortInfo wanted) {
        boolean connected = find(wanted)
                .filter(peer -> ours.with(port, input -> connect(input, peer), output -> connect(output, peer)))
                .isPresent();
        if (connected) {
            watch.changed(List.of());
        }
        return connected;
    }

    @Override
    public boolean disconnect(String port, PortInfo wanted) {
        boolean parted = find(wanted)
                .filter(peer -> ours.with(port, input -> disconnect(input, peer), output -> disconnect(output, peer)))
                .isPresent();
        if (parted) {
            watch.changed(List.of(port));
        }
        return parted;
    }

    @Override
    public List<String> connections(String port) {
        return peers().filter(peer -> portsOf(peer).contains(port))
                .map(peer -> peer.name)
                .toList();
    }

    @Override
    public boolean sendOnly(PortInfo wanted, int[] messages) {
        Optional<Peer> peer = find(wanted);
        if (!started || peer.isEmpty()) {
            return false;
        }
        RtpOutput alone = new RtpOutput(clientName + ":only", sending::wake, output -> {});
        alone.connect(peer.get());
        sending.add(alone);
        long now = System.nanoTime();
        boolean taken = Arrays.stream(messages).allMatch(message -> alone.send(message, now));
        boolean sent = sending.awaitEmpty(alone, ALONE_NANOS);
        sending.remove(alone);
        return taken && sent;
    }

    @Override
    public Troubles troubles() {
        long receivers = inputs.stream().mapToLong(FedInput::errors).sum();
        long lost = peers().mapToLong(peer -> peer.in.unrepaired() + peer.in.droppedSysex())
                .sum();
        return new Troubles(
                0,
                receivers + receiving.errors() + sending.errors(),
                session.wrong() + lost,
                sending.refused()
                        + outputs.stream().mapToLong(RtpOutput::dropped).sum());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (RtpOutput output : outputs) {
            sentAll &= sending.awaitEmpty(output, CLOSE_NANOS);
        }
        awaitConfirmed();
        outputs.forEach(RtpOutput::close);
        inputs.forEach(FedInput::close);
        if (announcement != null) {
            announcement.close();
        }
        receiving.close();
        sending.close();
        watch.close();
        ports.close();
    }

    /** What ends a note may have been lost on the way: we stay until peers have it, if they tell. */
    private void awaitConfirmed() {
        long deadline = System.nanoTime() + CLOSE_NANOS;
        while (peers().anyMatch(peer -> peer.out.isUnconfirmed()) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public boolean hasSentAll() {
        return sentAll;
    }
}
