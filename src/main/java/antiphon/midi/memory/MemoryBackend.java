package antiphon.midi.memory;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ports that exist only in memory: for tests, {@code demo} and {@code rehearse}. A driver injects what the human
 * would play and reads what would have been heard.
 *
 * <p>Open ports, start and close on one thread; {@link Input#inject} on one driver thread per port; send and thru as
 * the SPI says; what was recorded can be read by any thread at any time.
 */
public final class MemoryBackend implements MidiBackend {
    private static final int DEFAULT_CAPACITY = 1 << 16;

    private final LongSupplier nanoClock;
    private final Set<Capability> capabilities;
    private final int capacity;
    private final List<Input> inputs = new CopyOnWriteArrayList<>();
    private final List<Output> outputs = new CopyOnWriteArrayList<>();
    private final List<PortInfo> peers = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<SentOnly> sentOnly = new CopyOnWriteArrayList<>();
    private final List<PortObserver> observers = new CopyOnWriteArrayList<>();
    private volatile boolean started;

    /** Sends at once, on the live clock. */
    public MemoryBackend() {
        this(System::nanoTime, false);
    }

    /**
     * @param nanoClock what {@link Output#sentNanos} and lateness are read from
     * @param scheduledOutput whether to claim {@link Capability#SCHEDULED_OUTPUT}: then a message sent early counts
     *     as leaving when due
     */
    public MemoryBackend(LongSupplier nanoClock, boolean scheduledOutput) {
        this(nanoClock, scheduledOutput, DEFAULT_CAPACITY);
    }

    /** @param capacity messages each output can record; further ones are refused */
    public MemoryBackend(LongSupplier nanoClock, boolean scheduledOutput, int capacity) {
        this.nanoClock = nanoClock;
        this.capacity = capacity;
        Set<Capability> has = EnumSet.of(Capability.VIRTUAL_PORTS, Capability.HOT_PLUG);
        if (scheduledOutput) {
            has.add(Capability.SCHEDULED_OUTPUT);
        }
        this.capabilities = Set.copyOf(has);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** Nothing, unless {@link #plug} has put something there. */
    @Override
    public List<PortInfo> list() {
        return List.copyOf(peers);
    }

    /** Pretends that a device or another program's port appears. */
    public void plug(PortInfo peer) {
        peers.add(peer);
        observers.forEach(observer -> observer.appeared(peer.name()));
        observers.forEach(PortObserver::portsChanged);
    }

    /** Pretends that it goes away. */
    public void unplug(PortInfo peer) {
        peers.remove(peer);
        part(connection -> connection.peer().equals(peer.name()));
    }

    @Override
    public boolean disconnect(String port, PortInfo peer) {
        return part(connection -> connection.equals(new Connection(port, peer.name())));
    }

    private boolean part(Predicate<Connection> which) {
        List<Connection> parted = connections.stream().filter(which).toList();
        connections.removeAll(parted);
        for (PortObserver observer : observers) {
            parted.forEach(connection -> observer.parted(connection.port()));
            observer.portsChanged();
        }
        return !parted.isEmpty();
    }

    @Override
    public boolean connect(String port, PortInfo peer) {
        return peer.isAmong(peers) && connections.addIfAbsent(new Connection(port, peer.name()));
    }

    @Override
    public List<String> connections(String port) {
        return connections.stream()
                .filter(connection -> connection.port().equals(port))
                .map(Connection::peer)
                .toList();
    }

    /** Recorded by {@link #sentOnly}. */
    @Override
    public boolean sendOnly(PortInfo peer, int[] messages) {
        if (!peer.isAmong(peers)) {
            return false;
        }
        for (int message : messages) {
            sentOnly.add(new SentOnly(peer.name(), message));
        }
        return true;
    }

    /** What {@link #sendOnly} was told, in order. */
    public List<SentOnly> sentOnly() {
        return List.copyOf(sentOnly);
    }

    /** A message to one peer alone. */
    public record SentOnly(String peer, int message) {}

    private record Connection(String port, String peer) {}

    /** Pretends that the MIDI system dies. */
    public void lose(String reason) {
        started = false;
        observers.forEach(observer -> observer.systemLost(reason));
    }

    @Override
    public Input openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        Input input = new Input(name, List.copyOf(sources), receiver);
        inputs.add(input);
        sources.forEach(source -> connections.add(new Connection(input.fullName(), source.name())));
        return input;
    }

    @Override
    public Output openOutput(String name, List<PortInfo> destinations) {
        Output output = new Output(name, List.copyOf(destinations), capacity);
        outputs.add(output);
        destinations.forEach(destination -> connections.add(new Connection(output.fullName(), destination.name())));
        return output;
    }

    /** The open input of this short name, such as {@code in}. */
    public Input input(String name) {
        return find(inputs, Input::name, name);
    }

    /** The output of this short name, such as {@code out}; also after it was closed. */
    public Output output(String name) {
        return find(outputs, Output::name, name);
    }

    private static <P> P find(List<P> ports, Function<P, String> nameOf, String name) {
        for (P port : ports) {
            if (nameOf.apply(port).equals(name)) {
                return port;
            }
        }
        List<String> found = ports.stream().map(nameOf).toList();
        throw new MidiException("memory: no port \"" + name + "\"; open are " + found + ". Open it first.");
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void observe(PortObserver observer) {
        observers.add(observer);
    }

    @Override
    public Troubles troubles() {
        long refused = outputs.stream().mapToLong(Output::refused).sum();
        return new Troubles(0, 0, 0, refused);
    }

    @Override
    public void close() {
        inputs.forEach(Input::close);
        outputs.forEach(Output::close);
        started = false;
    }

    /** Where a driver plays into. */
    public final class Input implements InputPort {
        private final String name;
        private final List<PortInfo> sources;
        private volatile @Nullable MidiReceiver receiver;

        private Input(String name, List<PortInfo> sources, MidiReceiver receiver) {
            this.name = name;
            this.sources = sources;
            this.receiver = receiver;
        }

        /** Plays a short message; nothing happens before start and after close. */
        @HotPath
        public void inject(int message, long nanos) {
            MidiReceiver to = receiver;
            if (to != null && started) {
                to.receive(message, nanos);
            }
        }

        /** Plays a system exclusive message. */
        @HotPath
        public void injectLong(byte[] bytes, int length, long nanos) {
            MidiReceiver to = receiver;
            if (to != null && started) {
                to.receiveLong(bytes, length, nanos);
            }
        }

        /** The peers it was opened with. */
        public List<PortInfo> sources() {
            return sources;
        }

        private String name() {
            return name;
        }

        @Override
        public String fullName() {
            return "antiphon:" + name;
        }

        @Override
        public void close() {
            receiver = null;
            inputs.remove(this);
        }
    }

    /** Records what leaves, in the order of the calls. */
    public final class Output implements OutputPort {
        private static final VarHandle MESSAGE = MethodHandles.arrayElementVarHandle(int[].class);

        private final String name;
        private final List<PortInfo> destinations;

        /** Written last and with release; 0, which no message is, means not yet. */
        private final int[] messages;

        private final long[] dueNanos;
        private final long[] sentNanos;
        private final boolean[] thru;
        private final byte[][] longMessages;
        private final AtomicInteger claimed = new AtomicInteger();
        private final AtomicLong late = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();
        private volatile boolean closed;

        private Output(String name, List<PortInfo> destinations, int capacity) {
            this.name = name;
            this.destinations = destinations;
            messages = new int[capacity];
            dueNanos = new long[capacity];
            sentNanos = new long[capacity];
            thru = new boolean[capacity];
            longMessages = new byte[capacity][];
        }

        @Override
        @HotPath
        public boolean send(int message, long due) {
            long now = nanoClock.getAsLong();
            if (now - due > 0) {
                late.incrementAndGet();
            }
            boolean early = due - now > 0 && capabilities.contains(Capability.SCHEDULED_OUTPUT);
            return record(message, due, early ? due : now, false, null);
        }

        @Override
        @HotPath
        public boolean thru(int message, long nanos) {
            return record(message, nanos, nanoClock.getAsLong(), true, null);
        }

        /** Allocates a copy: this is a test's port. */
        @Override
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            byte[] copy = new byte[length];
            System.arraycopy(bytes, 0, copy, 0, length);
            return record(0xF0, nanos, nanoClock.getAsLong(), true, copy);
        }

        private boolean record(int message, long due, long sent, boolean isThru, byte @Nullable [] bytes) {
            if (closed || !started) {
                return false;
            }
            int at = claimed.getAndIncrement();
            if (at >= messages.length) {
                claimed.set(messages.length);
                refused.incrementAndGet();
                return false;
            }
            dueNanos[at] = due;
            sentNanos[at] = sent;
            thru[at] = isThru;
            if (bytes != null) {
                longMessages[at] = bytes;
            }
            MESSAGE.setRelease(messages, at, message);
            return true;
        }

        /** Messages that can be read, from 0 on. */
        public int size() {
            int end = Math.min(claimed.get(), messages.length);
            int size = 0;
            while (size < end && (int) MESSAGE.getAcquire(messages, size) != 0) {
                size++;
            }
            return size;
        }

        /** Packed; a lone 0xF0 stands for the system exclusive message in {@link #longMessage}. */
        public int message(int index) {
            return (int) MESSAGE.getAcquire(messages, index);
        }

        /** When it should leave; for thru, when it came in. */
        public long dueNanos(int index) {
            return dueNanos[index];
        }

        /** When it left, by the clock given. */
        public long sentNanos(int index) {
            return sentNanos[index];
        }

        /** Whether it was passed through rather than sent. */
        public boolean isThru(int index) {
            return thru[index];
        }

        /** All bytes of a system exclusive message; null for a short one. */
        public byte @Nullable [] longMessage(int index) {
            return longMessages[index];
        }

        /** The peers it was opened with. */
        public List<PortInfo> destinations() {
            return destinations;
        }

        /** Messages for which there was no room. */
        public long refused() {
            return refused.get();
        }

        @Override
        public long lateCount() {
            return late.get();
        }

        private String name() {
            return name;
        }

        @Override
        public String fullName() {
            return "antiphon:" + name;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
