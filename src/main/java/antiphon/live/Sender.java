package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Lateness;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each message to the output port. A port that schedules by itself gets it at once, on the engine's thread, and
 * sends it at its audio frame: a thread in between would bring nothing (ADR 14 has the measurement). For other ports
 * it waits here until it is due, on a thread of its own behind an {@link OutRing}: parked until a little before, then
 * spinning, which trades some processor time for steady onsets. Due times are here those at which messages leave, see
 * {@link Leaving}.
 *
 * <p>A note-on that is too late by {@link Lateness} is not handed over: so after a standstill what waited here does not
 * begin all at once. Its note-off is, and ends nothing. Whoever sent it is not told: for the ledger the note sounds
 * until its note-off, and the network has heard it.
 *
 * <p>Why not {@code ScheduledExecutorService}: it allocates a task per note and wakes late by the operating system's
 * timer slack.
 */
@HotPath
final class Sender implements Agent, Outlet {
    /** Room for what the ring holds and a note-off for every key of every channel. */
    private static final int HEAP_CAPACITY = MessageRing.CAPACITY + Message.CHANNELS * Message.PITCHES;

    private static final int SPIN_NANOS = 150_000;
    private static final long RETRY_NANOS = 1_000_000L;

    private final OutputPort port;
    private final boolean schedules;
    private final Meters meters;
    private final LongSupplier nanoClock;
    private long immediateNanos;
    private final boolean portTimesAnswers;
    private final @Nullable EventPoller<Slot> poller;
    private final @Nullable OutRing ring;
    private final EventPoller.Handler<Slot> handler = this::take;

    private final SentMessages sent = new SentMessages();

    /** What waits for its time, or, where the port schedules, for room. */
    private final DueHeap heap = new DueHeap(HEAP_CAPACITY);

    /**
     * Makes a sender.
     *
     * @param schedules the port sends when due by itself
     * @param immediateNanos how long after its cause a message leaves that answers it at once; 0 if none does
     * @param ring where messages come from, or null if {@link #send} is called directly
     */
    Sender(
            OutputPort port,
            boolean schedules,
            long immediateNanos,
            @Nullable OutRing ring,
            Meters meters,
            LongSupplier nanoClock) {
        this.port = port;
        this.schedules = schedules;
        this.immediateNanos = immediateNanos;
        this.ring = ring;
        this.meters = meters;
        this.nanoClock = nanoClock;
        poller = ring == null ? null : ring.newPoller();
        portTimesAnswers = port.observeAnswers(delayNanos -> Meters.record(meters.inToAnswerNanos, delayNanos));
    }

    /** What left lately, for the guards of the inputs. */
    SentMessages sent() {
        return sent;
    }

    @Override
    public String name() {
        return "antiphon-sender";
    }

    /**
     * {@inheritDoc} A message that must not be lost and finds no room in the port is tried again by {@link #doWork}.
     */
    @Override
    public boolean send(int message, long dueNanos, long causeNanos) {
        if (schedules && heap.isEmpty()) {
            if (hand(message, dueNanos, causeNanos)) {
                return true;
            }
            if (Message.isNoteOn(message)) {
                return false;
            }
        }
        return heap.add(message, dueNanos, causeNanos);
    }

    @Override
    public void answersAfter(long nanos) {
        immediateNanos = nanos;
    }

    @Override
    public long doWork() {
        try {
            return work();
        } catch (Throwable failure) {
            // Errors too: without this thread no note would end. What waits is tried again.
            meters.failures.incrementAndGet();
            return nanoClock.getAsLong() + RETRY_NANOS;
        }
    }

    private long work() {
        poll();
        while (!heap.isEmpty()) {
            long dueNanos = heap.firstDueNanos();
            long now = nanoClock.getAsLong();
            if (schedules || dueNanos <= now) {
                if (!sendFirst()) {
                    return now + RETRY_NANOS;
                }
            } else if (dueNanos - now > SPIN_NANOS) {
                return dueNanos - SPIN_NANOS;
            } else {
                Thread.onSpinWait();
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public boolean hasWork() {
        return ring != null
                && !heap.isFull()
                && poller != null
                && ring.hasAfter(poller.getSequence().get());
    }

    @Override
    public boolean isEmpty() {
        return heap.isEmpty();
    }

    /**
     * When the thread is gone: begins no further note and sends what ends one.
     *
     * @return false if the port did not take all of that: call again
     */
    boolean finish() {
        do {
            poll();
            while (!heap.isEmpty()) {
                int message = heap.firstMessage();
                if (!Message.isNoteOn(message) && !hand(message, heap.firstDueNanos(), Slot.NO_CAUSE)) {
                    return false;
                }
                heap.removeFirst();
            }
        } while (hasWork());
        return true;
    }

    /** Takes what the ring holds, as far as there is room here. The rest waits there, and what ends notes has room. */
    private void poll() {
        if (poller != null && !heap.isFull()) {
            try {
                poller.poll(handler);
            } catch (Throwable failure) {
                // Our handler throws no exception, but the method's signature allows one.
                meters.failures.incrementAndGet();
            }
        }
    }

    private boolean take(Slot slot, long sequence, boolean endOfBatch) {
        if (!send(slot.message, slot.nanos, slot.value)) {
            meters.outRingDrops.incrementAndGet();
        }
        return !heap.isFull();
    }

    /** Returns false if a message that must not be lost found no room: then call again. */
    private boolean sendFirst() {
        int message = heap.firstMessage();
        if (!hand(message, heap.firstDueNanos(), heap.firstCauseNanos()) && !Message.isNoteOn(message)) {
            return false;
        }
        heap.removeFirst();
        return true;
    }

    /** True if the port has taken it, or it is too late for it. */
    private boolean hand(int message, long dueNanos, long causeNanos) {
        if (isDropped(message, dueNanos)) {
            return true;
        }
        boolean answers = immediateNanos > 0 && causeNanos != Slot.NO_CAUSE && dueNanos - causeNanos == immediateNanos;
        boolean taken;
        try {
            taken = answers ? port.answer(message, dueNanos, causeNanos) : port.send(message, dueNanos);
        } catch (Throwable failure) {
            // A message that ends a note is tried again, also after an exception or an error.
            meters.failures.incrementAndGet();
            return false;
        }
        if (!taken) {
            meters.portRefusals.incrementAndGet();
            return false;
        }
        sent.add(message, dueNanos);
        count(dueNanos, causeNanos, answers && portTimesAnswers);
        return true;
    }

    /** A port that schedules counts itself what becomes late in it. */
    private boolean isDropped(int message, long dueNanos) {
        long now = nanoClock.getAsLong();
        if (Lateness.isTooLate(message, dueNanos, now)) {
            meters.droppedLateNotes.incrementAndGet();
            return true;
        }
        if (!schedules && Lateness.isLate(message, dueNanos, now)) {
            meters.lateNotes.incrementAndGet();
        }
        return false;
    }

    private void count(long dueNanos, long causeNanos, boolean timedByPort) {
        long now = nanoClock.getAsLong();
        meters.messagesOut.incrementAndGet();
        Meters.record(meters.sentMinusDueNanos, now - dueNanos);
        if (causeNanos != Slot.NO_CAUSE && !timedByPort) {
            // If the port schedules, the message leaves when it is due, although it is handed over before.
            Meters.record(meters.inToAnswerNanos, Math.max(now, dueNanos) - causeNanos);
        }
    }
}
