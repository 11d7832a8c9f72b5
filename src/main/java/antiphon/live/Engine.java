package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Control;
import antiphon.improv.Ensemble;
import antiphon.improv.Improviser;
import antiphon.improv.Part;
import antiphon.improv.Successors;
import antiphon.music.Lateness;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import com.lmax.disruptor.EventPoller;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Feeds the improviser from the in ring, sends what it plays, keeps the ledger of what sounds, and tells the tap. Runs
 * on the engine thread, or by hand on a virtual clock.
 */
@HotPath
final class Engine implements Agent {
    /** If every piece of work fails, the thread must not use a whole core. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000L;

    private static final long RETRY_NANOS = 1_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final InRing in;
    private final Exits exits;
    private final Ensemble ensemble;
    private final Improviser first;
    private final Thru[] thrus;
    private final Controls controls;
    private final Tap tap;
    private final Telling telling;
    private final Meters meters;
    private final LongSupplier nanoClock;
    private final EventPoller<Slot> poller;
    private final EventPoller.Handler<Slot> handler = this::take;
    private final MessageSink sink = this::send;
    private final LateEnds lateEnds;
    private final PlannedAnew plannedAnew;

    /**
     * The latest time that the improviser was told. Its time never goes back, although the time stamps of two devices
     * may overlap.
     */
    private long latestNanos;

    private long nextNanos;
    private boolean taken;
    private boolean finishing;
    private boolean repeating;
    private int successorNumber;
    private long heardNanos;
    private boolean heard;

    /** When the message came that is being heard: whatever is sent meanwhile answers it. */
    private long causeNanos = Slot.NO_CAUSE;

    /**
     * Makes an engine that has heard nothing.
     *
     * @param exits where the partner's messages go; the engine's own from now on
     * @param thrus the receivers of all inputs, in their order
     */
    Engine(
            InRing in,
            Exits exits,
            Ensemble ensemble,
            List<Thru> thrus,
            Controls controls,
            Tap tap,
            Meters meters,
            LongSupplier nanoClock) {
        this.in = in;
        this.exits = exits;
        this.ensemble = ensemble;
        first = ensemble.first();
        this.thrus = thrus.toArray(Thru[]::new);
        this.controls = controls;
        this.tap = tap;
        telling = new Telling(tap, ensemble, controls);
        this.meters = meters;
        this.nanoClock = nanoClock;
        poller = in.newPoller();
        plannedAnew = new PlannedAnew(first, meters, nanoClock);
        lateEnds = new LateEnds(in, this.thrus, this::take);
    }

    @Override
    public String name() {
        return "antiphon-engine";
    }

    /** Begins a piece; call once, before the first {@link #doWork}. */
    void beginPiece() {
        latestNanos = nanoClock.getAsLong();
        tap.write(Tap.BEGUN, 0, 0, latestNanos, 0);
        ensemble.begin(latestNanos);
    }

    @Override
    public long doWork() {
        try {
            return work();
        } catch (Throwable failure) {
            // Errors too: without this thread nobody would end the notes.
            recover();
            return latestNanos + PAUSE_AFTER_FAILURE_NANOS;
        }
    }

    @Override
    public boolean hasWork() {
        return in.hasAfter(poller.getSequence().get()) || lateEnds.areKept();
    }

    private long work() throws Exception {
        heard = false;
        taken = false;
        long begunNanos = nanoClock.getAsLong();
        poller.poll(handler);
        lateEnds.take(poller.getSequence().get(), Math.max(latestNanos, begunNanos));
        exits.settle(begunNanos);
        if (!exits.isDone()) {
            releaseWhatIsDue();
        }
        long now = Math.max(latestNanos, nanoClock.getAsLong());
        if (taken || now >= nextNanos) {
            tap.write(Tap.ADVANCE, 0, 0, now, ensemble.thought(Part.EVER));
            nextNanos = ensemble.advance(now, sink);
            plannedAnew.advanced();
            telling.tell(now, heard);
        }
        if (heard) {
            long doneNanos = nanoClock.getAsLong();
            Meters.record(meters.inToHeardNanos, doneNanos - heardNanos);
            Meters.record(meters.engineNanos, doneNanos - begunNanos);
        }
        return hasWork() ? now : restWork(now);
    }

    /** What is done when no message waits: thinking, preparing the next step, and feeding a new network what was played. */
    private long restWork(long now) {
        long thinkNanos = Long.MAX_VALUE;
        // What is due comes before what may be.
        boolean due = nextNanos <= now;
        for (int part = 0; part < Ensemble.PARTS && !repeating && !due; part++) {
            thinkNanos = Math.min(thinkNanos, ensemble.thinkNanos(part, now));
            if (thinkNanos <= now) {
                think(part, now);
                return now;
            }
        }
        if (due || ensemble.prepare() || ensemble.succession().feed()) {
            return now;
        }
        if (ensemble.canSucceed(now)) {
            tap.write(Tap.SUCCEEDED, successorNumber, ensemble.succession().which(), now, ensemble.succeed());
            nextNanos = now;
            return now;
        }
        long waitNanos = ensemble.succession().isWaiting() ? now + PAUSE_AFTER_FAILURE_NANOS : Long.MAX_VALUE;
        long againNanos = exits.isDone() ? Long.MAX_VALUE : now + RETRY_NANOS;
        return Math.min(Math.min(nextNanos, waitNanos), Math.min(againNanos, thinkNanos));
    }

    private void think(int part, long now) {
        beginThinking(part, now, Part.DEVELOPED);
        ensemble.think(part);
        if (ensemble.thought(now) != 0) {
            nextNanos = now;
        }
    }

    /** A part gets ready to think of answers. */
    void beginThinking(int part, long now, int way) {
        if (ensemble.beginThinking(part, now, way)) {
            tap.write(Tap.THINKING, way, part, now, 0);
        }
    }

    private boolean take(Slot slot, long sequence, boolean endOfBatch) {
        taken = true;
        if (finishing) {
            note(slot);
            return true;
        }
        try {
            if (slot.what != Slot.SUCCESSOR) {
                latestNanos = Math.max(latestNanos, slot.nanos);
            }
            switch (slot.what) {
                case Slot.MESSAGE, Slot.HEARD -> hear(slot);
                case Slot.COPY -> note(slot);
                case Slot.INPUT_LOST -> lose(slot.input, slot.value);
                case Slot.CONTROL -> control(Control.of(slot.message), slot.value, slot.input);
                case Slot.ROUTES -> route(slot);
                case Slot.COMMAND -> tap.write(Tap.COMMANDED, slot.message, slot.input, slot.nanos, slot.value);
                default -> prepareSuccessor(slot);
            }
        } catch (Throwable failure) {
            // Caught here, because otherwise the poller would give us the same slot again and again.
            recover();
        }
        return true;
    }

    private void hear(Slot slot) {
        long delayNanos = delayNanos(slot);
        long nowNanos = latestNanos + delayNanos;
        tap.write(Tap.HEARD, slot.message, slot.input, slot.nanos, Slot.heardAfter(slot.value, delayNanos));
        if (Message.isClock(slot.message)) {
            boolean ofHost = slot.input >= thrus.length;
            boolean copied = Slot.isCopied(slot.value);
            ensemble.hearClock(slot.input, slot.message, latestNanos, nowNanos, ofHost, copied, sink);
            return;
        }
        note(slot);
        causeNanos = slot.nanos;
        ensemble.hear(slot.input, slot.message, latestNanos, nowNanos, sink);
        causeNanos = Slot.NO_CAUSE;
        plannedAnew.heard(slot.nanos);
        // The first message of a batch has waited longest: its latency is the one to report.
        heardNanos = heard ? heardNanos : slot.nanos;
        heard = true;
    }

    /** How late a message is taken in; 0 if it can be answered at once. A replay goes by the journal. */
    private long delayNanos(Slot slot) {
        long delayNanos = repeating ? Slot.delayNanos(slot.value) : nanoClock.getAsLong() - latestNanos;
        return delayNanos > Lateness.MAX_NANOS ? delayNanos : 0;
    }

    /** Writes down what thru has copied, and ends what thru has begun and the port did not let it end. */
    private void note(Slot slot) {
        exits.note(slot, latestNanos + first.dials().leadNanos());
    }

    /**
     * Ends what an input holds.
     *
     * @param how 0 if it is gone; if it brought back what we sent, what came by it is not answered, nor, if that was heard,
     *     any longer in mind: echoes would be taken for dense playing
     */
    private void lose(int input, long how) {
        tap.write(Tap.INPUT_LOST, 0, input, latestNanos, how);
        ensemble.lose(input, latestNanos, sink);
        if (how == Slot.LOOPED) {
            ensemble.dropPhrases();
        } else if (how == Slot.LOOPED_AND_HEARD) {
            ensemble.forget(latestNanos, sink);
        }
        exits.release(NoteLedger.ofInput(input));
    }

    private void route(Slot slot) {
        if (slot.payload instanceof Routing wanted) {
            exits.route(wanted);
            for (Thru thru : thrus) {
                thru.route(wanted);
            }
        }
        slot.payload = null;
    }

    /** @param slowerMillis of a replay, how much more the slowest output needed than the first one */
    private void control(Control control, long value, int slowerMillis) {
        long forAll = exits.forAll(control, value) + slowerMillis * NANOS_PER_MILLI;
        int slower = control == Control.OFFSET ? (int) ((forAll - value) / NANOS_PER_MILLI) : 0;
        tap.write(Tap.CONTROL, control.number(), slower, latestNanos, slower == 0 ? forAll : value);
        for (Thru thru : thrus) {
            thru.set(control, value);
        }
        ensemble.set(control, forAll, latestNanos, sink);
        if (control == Control.PERIOD || control == Control.OFFSET) {
            exits.leave(first.dials().offsetNanos(), first.dials().immediateNanos());
        }
        if (control == Control.PANIC) {
            exits.silence();
            releaseWhatIsDue();
        }
        controls.applied(control, value);
    }

    private void prepareSuccessor(Slot slot) {
        if (slot.payload instanceof Successors successors) {
            successorNumber = (int) slot.value;
            ensemble.succession().prepare(successors, latestNanos);
        }
        slot.payload = null;
    }

    /**
     * Ends everything that was sent and still sounds. A note-off that finds no room is sent by the next {@link
     * #doWork}.
     */
    void releaseAll() {
        exits.releaseAll();
        releaseWhatIsDue();
    }

    private void releaseWhatIsDue() {
        exits.work(Math.max(latestNanos, nanoClock.getAsLong()) + first.dials().leadNanos());
    }

    /**
     * The last call, when the thread is gone: writes down what still lies in the ring, plays no more, and ends every
     * note.
     */
    void finish() throws Exception {
        finishing = true;
        poller.poll(handler);
        lateEnds.take(poller.getSequence().get(), Math.max(latestNanos, nanoClock.getAsLong()));
        ensemble.stopClock(Math.max(latestNanos, nanoClock.getAsLong()), sink);
        releaseAll();
    }

    /** Call when the port is closed: all that it took has left. What waited for room counts as sounding. */
    void settle() {
        exits.settle(Long.MAX_VALUE);
    }

    /** For a replay: failures and advances come from the journal. */
    void repeat() {
        repeating = true;
    }

    /** For a replay: the next piece of work lets time pass, promised or not. */
    void mustAdvance() {
        nextNanos = Long.MIN_VALUE;
    }

    /** For a replay: takes in what was heard before a failure, then does what was done after it. */
    void recoverAt(long nanos) throws Exception {
        poller.poll(handler);
        latestNanos = Math.max(latestNanos, nanos);
        beginAnew();
    }

    /**
     * Goes on after a failure: all notes are released, and the network begins a new piece. The watch logs it. What
     * fails again at that fails in the next {@link #doWork}; the notes are released all the same.
     */
    private void recover() {
        causeNanos = Slot.NO_CAUSE;
        meters.failures.incrementAndGet();
        if (!repeating) {
            try {
                latestNanos = Math.max(latestNanos, nanoClock.getAsLong());
                beginAnew();
            } catch (Throwable again) {
                meters.failures.incrementAndGet();
                exits.releaseAll();
            }
        }
    }

    private void beginAnew() {
        tap.write(Tap.RECOVERED, 0, 0, latestNanos, 0);
        releaseAll();
        ensemble.begin(latestNanos);
        // What failed may have drawn numbers or not; a replay must draw the same from here on.
        ensemble.set(Control.SEED, latestNanos, latestNanos, sink);
        nextNanos = latestNanos;
    }

    private void send(int message, long dueNanos) {
        // Before it is handed over: a port that schedules may have sent it by the time we look at the clock again.
        long decidedNanos = causeNanos == Slot.NO_CAUSE ? 0 : nanoClock.getAsLong() - causeNanos;
        if (Message.isClock(message)) {
            // No note: nothing to end, nothing to show.
            exits.tick(message, dueNanos);
            return;
        }
        if (!exits.send(message, dueNanos, causeNanos)) {
            return;
        }
        tap.write(Tap.SENT, message, 0, latestNanos, dueNanos);
        if (causeNanos != Slot.NO_CAUSE) {
            Meters.record(meters.inToDecidedNanos, decidedNanos);
        }
    }
}
