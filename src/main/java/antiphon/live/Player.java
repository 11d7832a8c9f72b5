package antiphon.live;

import antiphon.HotPath;
import antiphon.midi.DueHeap;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Message;
import com.lmax.disruptor.EventPoller;
import java.util.function.LongSupplier;

/**
 * Sends each message when it is due. Owned by the player thread, or driven step by step on a virtual clock.
 *
 * <p>Why not {@code ScheduledExecutorService}: it allocates a task per note and wakes late by the operating system's
 * timer slack. Where the port can schedule, messages are handed over a lookahead ahead and leave at their audio
 * frame; elsewhere we park until a little before due, then spin, trading some CPU for steady onsets.
 */
@HotPath
final class Player {
    /** Room for every note-off there can be beside what the ring holds. */
    private static final int HEAP_CAPACITY = OutRing.CAPACITY + Message.CHANNELS * Message.PITCHES;

    private static final int SPIN_NANOS = 150_000;
    private static final long RETRY_NANOS = 1_000_000L;

    private final OutRing ring;
    private final OutputPort port;
    private final NoteLedger ledger;
    private final Thru thru;
    private final Meters meters;
    private final LongSupplier nanoClock;
    private final long lookaheadNanos;
    private final long immediateNanos;
    private final boolean portTimesAnswers;
    private final boolean schedules;
    private final DueHeap heap = new DueHeap(HEAP_CAPACITY);
    private final EventPoller<Slot> poller;
    private final EventPoller.Handler<Slot> handler = this::take;
    private final NoteLedger.Release release = this::sendRelease;

    /** True while the port has not taken all that ends our notes. */
    private boolean releasing;

    /**
     * Makes a player.
     *
     * @param thru ended with the rest: what it copied to the same port and still sounds
     * @param immediateNanos how long after its cause a message is due that answers it at once; 0 if none does
     * @param lookaheadNanos how far ahead messages are handed to a port that schedules; ignored for others
     */
    Player(
            OutRing ring,
            OutputPort port,
            boolean schedules,
            long lookaheadNanos,
            long immediateNanos,
            HeldNotes journal,
            Thru thru,
            Meters meters,
            LongSupplier nanoClock) {
        this.ring = ring;
        this.port = port;
        this.schedules = schedules;
        this.immediateNanos = immediateNanos;
        this.lookaheadNanos = schedules ? lookaheadNanos : 0;
        this.ledger = new NoteLedger(journal, this.lookaheadNanos);
        this.thru = thru;
        this.meters = meters;
        this.nanoClock = nanoClock;
        poller = ring.newPoller();
        portTimesAnswers = port.observeAnswers(delayNanos -> Meters.record(meters.inToAnswerNanos, delayNanos));
    }

    /**
     * Sends what is due.
     *
     * @return when to call again at the latest; earlier if a message comes
     */
    long doWork() {
        try {
            ledger.settle(nanoClock.getAsLong());
            poller.poll(handler);
            if (releasing) {
                release();
            }
            long nextNanos = sendDue();
            return releasing ? nanoClock.getAsLong() + RETRY_NANOS : nextNanos;
        } catch (Exception failure) {
            meters.failures.incrementAndGet();
            releaseAll();
            return nanoClock.getAsLong() + RETRY_NANOS;
        }
    }

    /** True if a message waits in the ring. */
    boolean hasWork() {
        return ring.hasAfter(poller.getSequence().get());
    }

    /** Drops what is not yet sent and ends every note that was, thru's included; what finds no room, on the next call. */
    void releaseAll() {
        while (!heap.isEmpty()) {
            heap.removeFirst();
        }
        release();
    }

    /** The last call: takes what still lies in the ring only to forget it, then ends every note. */
    void finish() throws Exception {
        poller.poll(handler);
        releaseAll();
    }

    private void release() {
        long now = nanoClock.getAsLong();
        boolean answersDone = ledger.releaseAll(now, release);
        boolean thruDone = thru.releaseAll(now, release);
        releasing = !answersDone || !thruDone;
    }

    /** All that was handed over has left: the port is closed. */
    void settle() {
        ledger.settle(Long.MAX_VALUE);
    }

    /** Notes that sound now, as far as we know. */
    int heldNotes() {
        return ledger.held();
    }

    private boolean take(Slot slot, long sequence, boolean endOfBatch) {
        if (slot.what == Slot.RELEASE_ALL) {
            releaseAll();
        } else if (slot.what == Slot.INPUT_LOST) {
            releasing |= !thru.releaseAll(nanoClock.getAsLong(), release);
        } else if (!heap.add(slot.message, slot.nanos, slot.causeNanos)) {
            meters.outRingDrops.incrementAndGet();
        }
        return true;
    }

    private long sendDue() {
        while (!heap.isEmpty()) {
            long dueNanos = heap.firstDueNanos();
            long now = nanoClock.getAsLong();
            if (dueNanos - lookaheadNanos > now) {
                if (schedules || dueNanos - now > SPIN_NANOS) {
                    return dueNanos - (schedules ? lookaheadNanos : SPIN_NANOS);
                }
                Thread.onSpinWait();
            } else if (!sendFirst(dueNanos, now)) {
                return now + RETRY_NANOS;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Returns false if something found no room that must not be lost and has to be tried again. */
    private boolean sendFirst(long dueNanos, long now) {
        int message = heap.firstMessage();
        long causeNanos = heap.firstCauseNanos();
        boolean answers = immediateNanos > 0 && causeNanos != Slot.NO_CAUSE && dueNanos - causeNanos == immediateNanos;
        if (answers ? port.answer(message, dueNanos, causeNanos) : port.send(message, dueNanos)) {
            ledger.sent(message, dueNanos);
            meters.messagesOut.incrementAndGet();
            Meters.record(meters.sentMinusDueNanos, now - dueNanos);
            if (causeNanos != Slot.NO_CAUSE && !(answers && portTimesAnswers)) {
                // Where the port schedules it leaves when due, though it is handed over before.
                Meters.record(meters.inToAnswerNanos, Math.max(now, dueNanos) - causeNanos);
            }
        } else {
            meters.portRefusals.incrementAndGet();
            if (!Message.isNoteOn(message)) {
                return false;
            }
        }
        heap.removeFirst();
        return true;
    }

    private boolean sendRelease(int message, long dueNanos) {
        try {
            boolean taken = port.send(message, dueNanos);
            meters.portRefusals.addAndGet(taken ? 0 : 1);
            return taken;
        } catch (RuntimeException failure) {
            // The way out of trouble must not end in trouble: it is tried again.
            meters.failures.incrementAndGet();
            return false;
        }
    }
}
