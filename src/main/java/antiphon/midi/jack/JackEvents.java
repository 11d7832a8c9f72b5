package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.midi.MidiBackend.PortObserver;
import antiphon.midi.library.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What JACK tells outside the cycles: xruns, ports, clients and connections that come and go, another period, the end of
 * the server. JACK's callbacks only note what happened and wake a cold thread, because libjack must not be called from
 * them and observers may do anything.
 *
 * <p>JACK 2 tells of a client's ports when the client is deactivated, while they can still be listed, and says nothing
 * when they are gone. So observers are told again some time after the last event, a few times.
 */
final class JackEvents {
    static final FunctionDescriptor SHAPE = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final Duration CLOSE_PATIENCE = Duration.ofMillis(100);

    /** How long after the last event observers are told once more. */
    private static final long[] AGAIN_NANOS = {30_000_000L, 150_000_000L, 600_000_000L, 1_500_000_000L};

    /** More than a callback takes to begin, or to return from Java. */
    private static final long CALL_NANOS = 5_000_000L;

    /** Functions of libjack that set a callback, and ours. */
    private static final Map<String, String> CALLBACKS = Map.of(
            "jack_set_xrun_callback", "xrun",
            "jack_set_port_registration_callback", "portRegistered",
            "jack_set_client_registration_callback", "clientRegistered",
            "jack_set_port_connect_callback", "portConnected",
            "jack_set_buffer_size_callback", "bufferSize");

    private static final int CAME = 0;
    private static final int PARTED = 1;

    /** What a callback said of a port, by its number. */
    private record Event(int what, long port) {}

    /** The names of ports by their numbers in callbacks; empty if they are gone, or not of the kind asked for. */
    interface Names {
        /** Of anybody's port. */
        String any(long id);

        /** Of a port of ours. */
        String ours(long id);
    }

    private final AtomicLong xruns = new AtomicLong();

    /** Callbacks that have begun and not ended. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final CopyOnWriteArrayList<PortObserver> observers = new CopyOnWriteArrayList<>();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Names names;
    private final Thread watch = new Thread(this::watch, "antiphon-jack-watch");
    private volatile String lostReason = "";
    private volatile boolean lost;
    private volatile boolean happened;
    private volatile boolean closed;

    JackEvents(Names names) {
        this.names = names;
        watch.setDaemon(true);
    }

    /** Registers the callbacks; before activation. The arena must outlive the client. */
    void register(long client, Arena arena) {
        CALLBACKS.forEach((name, method) -> Jack.setCallback(name, client, stub(arena, this, method)));
        Jack.setCallback("jack_on_info_shutdown", client, stub(arena, this, "shutdown"));
        // PipeWire 0.3.65 takes the other one and never calls it.
        Jack.setCallback("jack_on_shutdown", client, stub(arena, this, "vanished"));
        watch.start();
    }

    /**
     * Takes the callbacks away from a client that is not active, and waits until none is under way. When a client is closed
     * libjack cancels the thread that they run on (pthread_cancel). Were that in Java just then, the virtual machine would
     * wait for it for ever at its next safepoint; and leaving makes JACK call, because our ports go.
     */
    void deregister(long client) {
        CALLBACKS.keySet().forEach(name -> Jack.setCallback(name, client, MemorySegment.NULL));
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        // One that has been called a moment ago may not have counted itself yet.
        do {
            LockSupport.parkNanos(CALL_NANOS);
        } while (underWay.get() > 0 && System.nanoTime() - deadline < 0);
    }

    /**
     * A C function pointer to a package-private method of the target that takes three longs and returns one. One shape
     * for all, whatever JACK passes and reads, for the same reasons as {@link Jack}'s.
     */
    static MemorySegment stub(Arena arena, Object target, String method) {
        try {
            MethodHandle handle = MethodHandles.lookup()
                    .findVirtual(target.getClass(), method, SHAPE.toMethodType())
                    .bindTo(target);
            return Linker.nativeLinker().upcallStub(handle, SHAPE, arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("libjack binding", e);
        }
    }

    void observe(PortObserver observer) {
        observers.add(observer);
    }

    long xruns() {
        return xruns.get();
    }

    boolean lost() {
        return lost;
    }

    /** No observer is called, and libjack not asked, after this; unless an observer itself hangs or is the caller. */
    void close() {
        closed = true;
        LockSupport.unpark(watch);
        if (Thread.currentThread() != watch) {
            try {
                watch.join(CLOSE_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    long xrun(long user, long none, long nothing) {
        underWay.incrementAndGet();
        xruns.incrementAndGet();
        underWay.decrementAndGet();
        return 0;
    }

    /** Ports are told by 32-bit numbers; what lies above in a register means nothing. */
    long portRegistered(long port, long registered, long user) {
        underWay.incrementAndGet();
        if ((int) registered != 0) {
            events.add(new Event(CAME, port & 0xFFFF_FFFFL));
        }
        return wake();
    }

    long portConnected(long one, long other, long connected) {
        underWay.incrementAndGet();
        if ((int) connected == 0) {
            events.add(new Event(PARTED, one & 0xFFFF_FFFFL));
            events.add(new Event(PARTED, other & 0xFFFF_FFFFL));
        }
        return wake();
    }

    long clientRegistered(long name, long registered, long user) {
        underWay.incrementAndGet();
        return wake();
    }

    long bufferSize(long frames, long user, long none) {
        underWay.incrementAndGet();
        return wake();
    }

    private long wake() {
        happened = true;
        LockSupport.unpark(watch);
        underWay.decrementAndGet();
        return 0;
    }

    long shutdown(long code, long reason, long user) {
        try {
            lostReason = RawMemory.string(reason);
        } finally {
            lost = true;
            LockSupport.unpark(watch);
        }
        return 0;
    }

    /** The same without a reason. */
    long vanished(long user, long none, long nothing) {
        lost = true;
        LockSupport.unpark(watch);
        return 0;
    }

    private void watch() {
        boolean told = false;
        int again = AGAIN_NANOS.length;
        long happenedNanos = 0;
        while (!closed) {
            if (lost && !told) {
                told = true;
                String reason = lostReason.isEmpty() ? "" : " (" + lostReason + ")";
                observers.forEach(observer -> observer.systemLost("jack: the server has gone" + reason + "."));
            } else if (happened && !lost) {
                happened = false;
                happenedNanos = System.nanoTime();
                again = 0;
                tell();
            } else if (!lost && again < AGAIN_NANOS.length) {
                long left = happenedNanos + AGAIN_NANOS[again] - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(this, left);
                } else {
                    again++;
                    tell();
                }
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void tell() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            String name = event.what() == CAME ? names.any(event.port()) : names.ours(event.port());
            if (!name.isEmpty()) {
                observers.forEach(
                        event.what() == CAME ? observer -> observer.appeared(name) : observer -> observer.parted(name));
            }
        }
        observers.forEach(PortObserver::portsChanged);
    }
}
