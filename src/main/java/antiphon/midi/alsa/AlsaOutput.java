package antiphon.midi.alsa;

import antiphon.HotPath;
import antiphon.midi.LateMessages;
import antiphon.midi.MidiBackend;
import antiphon.midi.PortInfo;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One of our output ports. What is sent goes into the kernel's queue, whether it is due yet or not, so that messages leave
 * in the order of their due times and, of one due time, as they were sent. Thru passes the queue by.
 */
final class AlsaOutput implements MidiBackend.OutputPort {
    /** What the queue's timer can tell apart, and a little for the kernel's own work. */
    static final long RESOLUTION_NANOS = 1_000_000;

    private final String fullName;
    private final int port;
    private final int queue;
    private final QueueClock.InOrder clock;
    private final List<PortInfo> destinations;
    private final Consumer<AlsaOutput> closing;

    /** The sender thread's. */
    private final AlsaWriter sending;

    /** The receiving thread's. */
    private final AlsaWriter passing;

    private final LateMessages late = new LateMessages(RESOLUTION_NANOS);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean open = true;

    AlsaOutput(
            AlsaPort ours,
            long sequencer,
            int queue,
            QueueClock clock,
            List<PortInfo> destinations,
            Arena arena,
            Consumer<AlsaOutput> closing) {
        this.fullName = ours.info().name();
        this.port = ours.port();
        this.queue = queue;
        this.clock = new QueueClock.InOrder(clock);
        this.destinations = destinations;
        this.closing = closing;
        sending = new AlsaWriter(sequencer, arena);
        passing = new AlsaWriter(sequencer, arena);
        sending.from(port);
        passing.from(port);
    }

    int port() {
        return port;
    }

    /** The peers it was opened with. */
    List<PortInfo> destinations() {
        return destinations;
    }

    /** Messages that the kernel did not take: its pool was full. Any thread. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public String fullName() {
        return fullName;
    }

    @Override
    @HotPath
    public boolean send(int message, long dueNanos) {
        if (!open) {
            return false;
        }
        if (late.drops(message, dueNanos, System.nanoTime())) {
            return true;
        }
        return sending.send(message, queue, clock.queueNanos(dueNanos));
    }

    @Override
    @HotPath
    public boolean thru(int message, long nanos) {
        return counted(open && passing.send(message));
    }

    @Override
    @HotPath
    public boolean thruLong(byte[] bytes, int length, long nanos) {
        return counted(open && passing.sendLong(bytes, length));
    }

    private boolean counted(boolean taken) {
        if (!taken) {
            dropped.incrementAndGet();
        }
        return taken;
    }

    @Override
    public long lateCount() {
        return late.count();
    }

    @Override
    public long lateNotes() {
        return late.notes();
    }

    @Override
    public long droppedLateNotes() {
        return late.droppedNotes();
    }

    @Override
    public void close() {
        open = false;
        closing.accept(this);
    }

    /** Gives back what libasound holds. Nobody may send any more. */
    void free() {
        sending.close();
        passing.close();
    }
}
