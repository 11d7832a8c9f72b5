package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What JACK tells outside the cycles: xruns, ports that come and go, the end of the server. JACK's callbacks only set a
 * flag and wake a cold thread, because libjack must not be called from them and observers may do anything.
 */
final class JackEvents {
    static final FunctionDescriptor SHAPE = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final Duration CLOSE_PATIENCE = Duration.ofMillis(100);

    private final AtomicLong xruns = new AtomicLong();
    private final CopyOnWriteArrayList<MidiBackend.PortObserver> observers = new CopyOnWriteArrayList<>();
    private final Supplier<List<PortInfo>> portList;
    private final Thread watch = new Thread(this::watch, "antiphon-jack-watch");
    private volatile String lostReason = "";
    private volatile boolean lost;
    private volatile boolean portsMayHaveChanged;
    private volatile boolean closed;

    JackEvents(Supplier<List<PortInfo>> portList) {
        this.portList = portList;
        watch.setDaemon(true);
    }

    /** Registers the callbacks; before activation. The arena must outlive the client. */
    void register(long client, Arena arena) {
        Jack.setCallback("jack_set_xrun_callback", client, stub(arena, this, "xrun"));
        Jack.setCallback("jack_set_port_registration_callback", client, stub(arena, this, "portRegistered"));
        Jack.setCallback("jack_on_info_shutdown", client, stub(arena, this, "shutdown"));
        watch.start();
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

    void observe(MidiBackend.PortObserver observer) {
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
        xruns.incrementAndGet();
        return 0;
    }

    long portRegistered(long port, long registered, long user) {
        portsMayHaveChanged = true;
        LockSupport.unpark(watch);
        return 0;
    }

    long shutdown(long code, long reason, long user) {
        try {
            lostReason = Jack.string(reason);
        } finally {
            lost = true;
            LockSupport.unpark(watch);
        }
        return 0;
    }

    private void watch() {
        List<PortInfo> known = portList.get();
        boolean told = false;
        while (!closed) {
            if (lost && !told) {
                told = true;
                observers.forEach(observer -> observer.systemLost(
                        "jack: the server has gone (" + lostReason + "). Start it again, then antiphon."));
            } else if (portsMayHaveChanged && !lost) {
                portsMayHaveChanged = false;
                List<PortInfo> now = portList.get();
                if (!now.equals(known)) {
                    known = now;
                    observers.forEach(MidiBackend.PortObserver::portsChanged);
                }
            } else {
                LockSupport.park(this);
            }
        }
    }
}
