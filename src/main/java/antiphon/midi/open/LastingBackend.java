package antiphon.midi.open;

import antiphon.HotPath;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.MidiReceiver;
import antiphon.midi.PortInfo;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A back end that outlives its system: when the server goes it waits for it, opens it anew, and gives the ports their
 * old names and receivers. Its connections are the observers' affair. While the system is away, messages to the outputs
 * are taken and go nowhere.
 *
 * <p>Opened, started and closed by one thread, like every back end; a cold thread of its own waits for the system.
 */
public final class LastingBackend implements MidiBackend {
    private static final long FIRST_WAIT_NANOS = 100_000_000L;

    /** A server that is back is noticed within this. */
    private static final long LAST_WAIT_NANOS = 1_000_000_000L;

    private final Supplier<MidiBackend> opening;
    private final List<In> inputs = new CopyOnWriteArrayList<>();
    private final List<Out> outputs = new CopyOnWriteArrayList<>();
    private final List<PortObserver> observers = new CopyOnWriteArrayList<>();
    private final PortObserver relay = new Relay();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile MidiBackend now;
    private volatile boolean away;
    private volatile boolean closed;
    private volatile @Nullable Thread waiter;
    private @Nullable Transport transport;

    /** Of the systems that went. */
    private volatile Troubles before = Troubles.NONE;

    /**
     * Takes a back end over.
     *
     * @param first an open one
     * @param opening opens another one, or throws {@link MidiException} while there is no system
     */
    public LastingBackend(MidiBackend first, Supplier<MidiBackend> opening) {
        now = first;
        this.opening = opening;
        first.observe(relay);
    }

    @Override
    public String name() {
        return now.name();
    }

    @Override
    public Set<Capability> capabilities() {
        return now.capabilities();
    }

    @Override
    public List<PortInfo> list() {
        return away ? List.of() : now.list();
    }

    @Override
    public InputPort openInput(String name, List<PortInfo> sources, MidiReceiver receiver) {
        In input = new In(name, receiver, now.openInput(name, sources, receiver));
        inputs.add(input);
        return input;
    }

    @Override
    public OutputPort openOutput(String name, List<PortInfo> destinations) {
        Out output = new Out(name, now.openOutput(name, destinations));
        outputs.add(output);
        return output;
    }

    @Override
    public void start() {
        now.start();
    }

    @Override
    public void observe(PortObserver observer) {
        observers.add(observer);
    }

    @Override
    public void follow(Transport host) {
        transport = host;
        now.follow(host);
    }

    @Override
    public long leadNanos() {
        return now.leadNanos();
    }

    @Override
    public long immediateNanos() {
        return now.immediateNanos();
    }

    @Override
    public long thruNanos() {
        return now.thruNanos();
    }

    @Override
    public Frames frames() {
        return now.frames();
    }

    @Override
    public int callbackPriority() {
        return now.callbackPriority();
    }

    @Override
    public boolean connect(String port, PortInfo peer) {
        return !away && now.connect(port, peer);
    }

    @Override
    public boolean disconnect(String port, PortInfo peer) {
        return !away && now.disconnect(port, peer);
    }

    @Override
    public boolean sendOnly(PortInfo peer, int[] messages) {
        return !away && now.sendOnly(peer, messages);
    }

    @Override
    public List<String> connections(String port) {
        return away ? List.of() : now.connections(port);
    }

    @Override
    public String howToConnect(String source, String destination) {
        return now.howToConnect(source, destination);
    }

    @Override
    public Troubles troubles() {
        return before.plus(now.troubles());
    }

    @Override
    public void close() {
        closed = true;
        Thread waits = waiter;
        if (waits != null) {
            LockSupport.unpark(waits);
            try {
                waits.join(LAST_WAIT_NANOS / 1_000_000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        now.close();
    }

    @Override
    public boolean hasSentAll() {
        return !away && now.hasSentAll();
    }

    private void lost(String reason) {
        away = true;
        observers.forEach(observer -> observer.systemLost(reason));
        if (!closed && waiting.compareAndSet(false, true)) {
            waiter = Thread.ofPlatform().daemon().name("antiphon-wait").start(this::await);
        }
    }

    private void await() {
        now.close();
        long waitNanos = FIRST_WAIT_NANOS;
        while (!closed && !reopen()) {
            LockSupport.parkNanos(this, waitNanos);
            waitNanos = Math.min(2 * waitNanos, LAST_WAIT_NANOS);
        }
        waiting.set(false);
        if (!closed) {
            away = false;
            observers.forEach(PortObserver::systemBack);
            observers.forEach(PortObserver::portsChanged);
        }
    }

    /** False if there is no system yet. */
    private boolean reopen() {
        MidiBackend next = null;
        try {
            next = opening.get();
            for (In input : inputs) {
                input.now = next.openInput(input.name, List.of(), input.receiver);
            }
            for (Out output : outputs) {
                output.reopen(next.openOutput(output.name, List.of()));
            }
            if (transport != null) {
                next.follow(transport);
            }
            next.observe(relay);
            next.start();
            before = before.plus(now.troubles());
            now = next;
            return true;
        } catch (MidiException notYet) {
            if (next != null) {
                next.close();
            }
            return false;
        }
    }

    private final class Relay implements PortObserver {
        @Override
        public void portsChanged() {
            observers.forEach(PortObserver::portsChanged);
        }

        @Override
        public void appeared(String peer) {
            observers.forEach(observer -> observer.appeared(peer));
        }

        @Override
        public void parted(String port) {
            observers.forEach(observer -> observer.parted(port));
        }

        @Override
        public void systemLost(String reason) {
            lost(reason);
        }
    }

    private final class In implements InputPort {
        private final String name;
        private final MidiReceiver receiver;
        private volatile InputPort now;

        In(String name, MidiReceiver receiver, InputPort now) {
            this.name = name;
            this.receiver = receiver;
            this.now = now;
        }

        @Override
        public String fullName() {
            return now.fullName();
        }

        @Override
        public void close() {
            inputs.remove(this);
            now.close();
        }
    }

    private final class Out implements OutputPort {
        private final String name;
        private volatile OutputPort now;
        private @Nullable LongConsumer delayNanos;
        private volatile long lateBefore;
        private volatile long lateNotesBefore;
        private volatile long droppedBefore;

        Out(String name, OutputPort now) {
            this.name = name;
            this.now = now;
        }

        void reopen(OutputPort next) {
            lateBefore = lateCount();
            lateNotesBefore = lateNotes();
            droppedBefore = droppedLateNotes();
            if (delayNanos != null) {
                next.observeAnswers(delayNanos);
            }
            now = next;
        }

        @Override
        public String fullName() {
            return now.fullName();
        }

        @Override
        @HotPath
        public boolean send(int message, long dueNanos) {
            return away || now.send(message, dueNanos) || away;
        }

        @Override
        @HotPath
        public boolean answer(int message, long dueNanos, long causeNanos) {
            return away || now.answer(message, dueNanos, causeNanos) || away;
        }

        @Override
        public boolean observeAnswers(LongConsumer delay) {
            delayNanos = delay;
            return now.observeAnswers(delay);
        }

        @Override
        @HotPath
        public boolean thru(int message, long nanos) {
            return now.thru(message, nanos);
        }

        @Override
        @HotPath
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            return now.thruLong(bytes, length, nanos);
        }

        @Override
        public long lateCount() {
            return lateBefore + now.lateCount();
        }

        @Override
        public long lateNotes() {
            return lateNotesBefore + now.lateNotes();
        }

        @Override
        public long droppedLateNotes() {
            return droppedBefore + now.droppedLateNotes();
        }

        @Override
        public void close() {
            outputs.remove(this);
            now.close();
        }
    }
}
