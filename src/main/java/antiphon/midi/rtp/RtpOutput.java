package antiphon.midi.rtp;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.midi.LateMessages;
import antiphon.midi.Members;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiReceiver;
import antiphon.music.Message;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One of our output ports. What is sent or passed through waits here for the sending thread, which sends it when it is due to
 * all peers that are connected.
 */
final class RtpOutput implements MidiBackend.OutputPort {
    /** What a thread that sleeps until then can do. */
    static final long RESOLUTION_NANOS = 1_000_000;

    private static final int SENDING_BYTES = 1 << 17;
    private static final int PASSING_BYTES = 1 << 18;
    private static final int HEAP_CAPACITY = 1 << 13;

    private final String fullName;
    private final Runnable wake;
    private final Consumer<RtpOutput> closing;

    /** From the sender. */
    private final Outbox sending = new Outbox(SENDING_BYTES, 0);

    /** From the receiving thread. */
    private final Outbox passing = new Outbox(PASSING_BYTES, MidiReceiver.MAX_LONG_BYTES);

    /** The sending thread's. */
    private final DueHeap heap = new DueHeap(HEAP_CAPACITY);

    private final Members<Peer> destinations = new Members<>(new Peer[0]);
    private final LateMessages late = new LateMessages(RESOLUTION_NANOS);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean open = true;

    /** Messages that are in the heap. */
    private volatile int waiting;

    /** @param wake wakes the sending thread */
    RtpOutput(String fullName, Runnable wake, Consumer<RtpOutput> closing) {
        this.fullName = fullName;
        this.wake = wake;
        this.closing = closing;
    }

    @Override
    public String fullName() {
        return fullName;
    }

    @Override
    @HotPath
    public boolean send(int message, long dueNanos) {
        boolean taken = open && sending.add(message, dueNanos);
        wake.run();
        return taken;
    }

    @Override
    @HotPath
    public boolean thru(int message, long nanos) {
        return passed(open && passing.add(message, nanos));
    }

    @Override
    @HotPath
    public boolean thruLong(byte[] bytes, int length, long nanos) {
        return passed(open && passing.addLong(bytes, length, nanos));
    }

    @HotPath
    private boolean passed(boolean taken) {
        if (!taken) {
            dropped.incrementAndGet();
        }
        wake.run();
        return taken;
    }

    /** What is sent goes to this peer, too. Callers take turns. */
    void connect(Peer peer) {
        destinations.add(peer);
    }

    /** No more. Callers take turns. */
    void disconnect(Peer peer) {
        destinations.remove(peer);
    }

    boolean isConnected(Peer peer) {
        return destinations.contains(peer);
    }

    @HotPath
    Peer[] destinations() {
        return destinations.all();
    }

    /** What was passed through. The sending thread. */
    @HotPath
    Outbox passing() {
        return passing;
    }

    /** Takes what was sent since. The sending thread. */
    @HotPath
    void collect() {
        while (!heap.isFull() && sending.next()) {
            heap.add(sending.message, sending.nanos);
        }
        waiting = heap.size();
    }

    /** When the first message is due; {@link Long#MAX_VALUE} if there is none. The sending thread. */
    @HotPath
    long firstDueNanos() {
        return heap.firstDueNanos();
    }

    /** Takes the message that is due first, which there must be; 0 if it is too late for it. The sending thread. */
    @HotPath
    int takeFirst(long nowNanos) {
        int message = heap.firstMessage();
        long dueNanos = heap.firstDueNanos();
        heap.removeFirst();
        waiting = heap.size();
        if (late.drops(message, dueNanos, nowNanos)) {
            return 0;
        }
        return Message.status(message) < 0x80 ? 0 : message;
    }

    /** True if nothing waits, whether it is due or not. Any thread; exact when nobody sends. */
    @HotPath
    boolean isEmpty() {
        return sending.isEmpty() && passing.isEmpty() && waiting == 0;
    }

    /** True if there is something that the sending thread has not seen. */
    @HotPath
    boolean hasNew() {
        return !sending.isEmpty() || !passing.isEmpty();
    }

    /** Messages for which there was no room. Any thread. */
    long dropped() {
        return dropped.get();
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
}
