package antiphon.midi.device;

import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import antiphon.midi.PortPatterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What back ends over javax.sound.midi's devices share. There are no virtual ports: a port of ours stands for the
 * devices it was opened with. Messages leave when sent.
 *
 * <p>Receivers run on the device's thread, never two at a time. A cold thread watches for devices that come and go: a device that was
 * unplugged is closed, and opened again when it is back, under the ports that had it.
 */
public abstract class DeviceBackend implements MidiBackend {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final DeviceSource source;
    private final long pollNanos;
    private final List<PortObserver> observers = new CopyOnWriteArrayList<>();
    private final List<DeviceInput> inputs = new CopyOnWriteArrayList<>();
    private final List<DeviceOutput> outputs = new CopyOnWriteArrayList<>();

    /** Each device has a thread of its own, but receivers and thru expect one. None of these threads is real-time. */
    private final Lock receiving = new ReentrantLock();

    private final Thread watch;
    private List<PortInfo> known = List.of();
    private volatile boolean started;
    private volatile boolean mayHaveChanged;
    private volatile boolean closed;

    DeviceBackend(String name, DeviceSource source, long pollNanos) {
        this.name = name;
        this.source = source;
        this.pollNanos = pollNanos;
        watch = new Thread(this::watch, "antiphon-" + name + "-watch");
        watch.setDaemon(true);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Capability> capabilities() {
        return EnumSet.of(Capability.HOT_PLUG);
    }

    @Override
    public final List<PortInfo> list() {
        return ports(source.devices());
    }

    private static List<PortInfo> ports(List<DeviceSource.Named> devices) {
        Map<String, PortInfo> ports = new LinkedHashMap<>();
        for (DeviceSource.Named each : devices) {
            PortInfo now = new PortInfo(each.name(), each.isSource(), each.isDestination());
            ports.merge(
                    each.name(),
                    now,
                    (a, b) -> new PortInfo(a.name(), a.source() || b.source(), a.destination() || b.destination()));
        }
        return List.copyOf(ports.values());
    }

    @Override
    public final InputPort openInput(String portName, List<PortInfo> sources, MidiReceiver receiver) {
        if (sources.isEmpty()) {
            throw noVirtualPorts(
                    "midi.in", "--in", list().stream().filter(PortInfo::source).toList());
        }
        DeviceInput input = new DeviceInput(portName, sources, new Gate(receiver), inputs::remove);
        input.reopen(source.devices());
        input.requireAll();
        inputs.add(input);
        return input;
    }

    @Override
    public final OutputPort openOutput(String portName, List<PortInfo> destinations) {
        if (destinations.isEmpty()) {
            throw noVirtualPorts(
                    "midi.out",
                    "--out",
                    list().stream().filter(PortInfo::destination).toList());
        }
        DeviceOutput output = new DeviceOutput(portName, destinations, outputs::remove);
        output.reopen(source.devices());
        output.requireAll();
        outputs.add(output);
        return output;
    }

    private MidiException noVirtualPorts(String where, String option, List<PortInfo> found) {
        return new MidiException(where + ": none given, and " + name + " cannot make a port of its own; found "
                + PortPatterns.names(found) + ". Name one with " + option + ", or use --backend jack.");
    }

    /** Keeps messages back until the back end has started, and lets devices in one at a time. */
    private final class Gate implements MidiReceiver {
        private final MidiReceiver receiver;

        Gate(MidiReceiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void receive(int message, long nanos) {
            if (!started) {
                return;
            }
            receiving.lock();
            try {
                receiver.receive(message, nanos);
            } finally {
                receiving.unlock();
            }
        }

        @Override
        public void receiveLong(byte[] bytes, int length, long nanos) {
            if (!started) {
                return;
            }
            receiving.lock();
            try {
                receiver.receiveLong(bytes, length, nanos);
            } finally {
                receiving.unlock();
            }
        }
    }

    /** The open devices. One that comes back is opened again before this can be asked. */
    @Override
    public final List<String> connections(String port) {
        return Stream.concat(
                        inputs.stream().filter(in -> in.fullName().equals(port)).flatMap(in -> in.open().stream()),
                        outputs.stream()
                                .filter(out -> out.fullName().equals(port))
                                .flatMap(out -> out.open().stream()))
                .toList();
    }

    /** Through the port that has the device: nobody else can open it. */
    @Override
    public final boolean sendOnly(PortInfo peer, int[] messages) {
        return started
                && outputs.stream().anyMatch(output -> Arrays.stream(messages)
                        .allMatch(message -> output.sendTo(peer.name(), message)));
    }

    @Override
    public final void start() {
        started = true;
        known = list();
        source.listen(this::devicesMayHaveChanged);
        watch.start();
    }

    /** Only sets a flag: asking for devices on the notifying thread can deadlock (coremidi4j's issue 10). */
    private void devicesMayHaveChanged() {
        mayHaveChanged = true;
        LockSupport.unpark(watch);
    }

    private void watch() {
        while (!closed) {
            if (!mayHaveChanged) {
                LockSupport.parkNanos(this, pollNanos);
            }
            mayHaveChanged = false;
            List<DeviceSource.Named> devices = source.devices();
            inputs.forEach(input -> input.reopen(devices));
            outputs.forEach(output -> output.reopen(devices));
            List<PortInfo> now = ports(devices);
            if (!closed && !now.equals(known)) {
                known = now;
                observers.forEach(PortObserver::portsChanged);
            }
        }
    }

    @Override
    public final void observe(PortObserver observer) {
        observers.add(observer);
    }

    @Override
    public final Troubles troubles() {
        return new Troubles(
                0,
                inputs.stream().mapToLong(DeviceInput::receiverErrors).sum(),
                inputs.stream().mapToLong(DeviceInput::dropped).sum(),
                outputs.stream().mapToLong(DeviceOutput::dropped).sum());
    }

    /** A driver may hang when its device has gone, so closing has a time limit. */
    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        LockSupport.unpark(watch);
        Thread closer = new Thread(
                () -> {
                    new ArrayList<>(inputs).forEach(DeviceInput::close);
                    new ArrayList<>(outputs).forEach(DeviceOutput::close);
                },
                "antiphon-" + name + "-close");
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
