package antiphon.improv;

import antiphon.HotPath;
import antiphon.improv.listen.Listener;
import antiphon.music.Event;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;

/**
 * Hears the human, keeps the network's memory of the conversation, and plays what the part at work has planned.
 *
 * <p>A pure state machine. Whoever drives it (the live engine, the virtual clock) tells it what was played with
 * {@link #hear}, what was changed with {@link #set}, and lets time pass with {@link #advance}; the same calls, seed and
 * model give the same answer, bit for bit. One thread; after construction it allocates nothing.
 *
 * <p>A planned event can still be changed. It is sent, and the network is told of it, only when its time is less than
 * the commit window away. So whatever the human does is heard before the next decision, and the network is fed only
 * what was really sent or heard.
 */
public final class Improviser {
    /** Limit for one call of {@link #advance}: far more than can be due at once. */
    private static final int MAX_EVENTS_AT_ONCE = 256;

    private final Stage stage;
    private final Listener listener;
    private final Plan plan;
    private final TapKeys tapKeys;
    private final Part[] byMode = new Part[Mode.values().length];
    private final Ear ear;
    private Part part;

    private final ClockOut clockOut;

    /**
     * Makes an improviser that has heard nothing.
     *
     * @param maker asked once for each mode
     */
    public Improviser(Mind mind, Settings settings, Part.Maker maker) {
        stage = new Stage(mind, settings);
        listener = stage.listener();
        plan = stage.plan();
        clockOut = new ClockOut(stage);
        tapKeys = new TapKeys(stage.dials(), listener.pulse());
        for (Mode mode : Mode.values()) {
            byMode[mode.number()] = maker.make(mode, stage);
        }
        part = partAtWork();
        ear = new Ear(part, stage, clockOut);
    }

    /** The part at work, to let it think while there is time. */
    @HotPath
    public Part part() {
        return part;
    }

    private Part partAtWork() {
        Dials dials = stage.dials();
        return byMode[(dials.mute() ? Mode.LISTEN : dials.mode()).number()];
    }

    /** Begins a new piece at this time: everything heard before is forgotten. Silence the answer first. */
    @HotPath
    public void begin(long nanos) {
        part.wake();
        listener.forget();
        clockOut.forget();
        stage.voice().clear();
        plan.clear();
        for (Part each : byMode) {
            each.forget();
        }
        stage.mind().begin(nanos);
    }

    /**
     * Takes in what the human did.
     *
     * @param input which of our inputs it came by, from 0
     * @param message packed, see {@link Message}; what is neither note nor pedal nor clock is ignored, and what
     *     taps the beat is not taken for music, nor is what the settings say is not heard
     * @param nanos when it was played, not before the last call's
     * @param nowNanos when it is taken in: if that is long after, nothing can answer it at once any more
     * @param out gets the note-offs of an interrupted answer, and notes that answer at once
     */
    @HotPath
    public void hear(int input, int message, long nanos, long nowNanos, MessageSink out) {
        stage.voice().at(nowNanos);
        if (Message.isClock(message)) {
            hearClock(input, message, nanos, nowNanos, false, false, out);
            return;
        }
        if (stage.voice().isEcho(message, nanos)) {
            return;
        }
        if (tapKeys.take(message, nanos)) {
            clockOut.played(nanos);
            return;
        }
        if (ear.ignores(message, nanos)) {
            return;
        }
        hearNote(input, message, nanos, nowNanos, out);
    }

    /** The same for what is a note or a pedal for certain, and none of its own. */
    @HotPath
    void hearNote(int input, int message, long nanos, long nowNanos, MessageSink out) {
        stage.voice().at(nowNanos);
        part.wake();
        if (Message.isNoteOn(message)) {
            part.interrupt(nanos, out);
        }
        ear.out = out;
        listener.hands().follow(input, message, nanos, ear);
    }

    /**
     * Takes in a message of a MIDI clock.
     *
     * @param ofHost it is that of the host's transport
     * @param copied thru has passed it on; other parameters as for {@link #hear(int, int, long, long, MessageSink)}
     */
    @HotPath
    public void hearClock(
            int input, int message, long nanos, long nowNanos, boolean ofHost, boolean copied, MessageSink out) {
        part.wake();
        if (!clockOut.replaces(ofHost) && listener.pulse().tick(input, message, nanos)) {
            clockOut.pass(message, nanos, copied, nowNanos, out);
        }
        plan.keepPlaces(listener.pulse(), nanos + stage.dials().leadNanos());
    }

    /** Stops the clock that is sent, if one of our own runs. */
    @HotPath
    public void stopClock(long nanos, MessageSink out) {
        clockOut.stop(nanos, out);
    }

    /** The same for what is taken in when it was played. */
    public void hear(int input, int message, long nanos, MessageSink out) {
        hear(input, message, nanos, nanos, out);
    }

    /** An input is gone: the notes and pedals that it held end. */
    @HotPath
    public void lose(int input, long nanos, MessageSink out) {
        part.wake();
        ear.out = out;
        listener.hands().lose(input, nanos, ear);
    }

    /**
     * Sends all that is due until now and the commit window. A note that was due long before is dropped, as if it had
     * not been planned.
     *
     * @param out gets the answer's messages, each with its due time
     * @return when to call again at the latest, {@link Long#MAX_VALUE} if only for the next message
     */
    @HotPath
    public long advance(long nowNanos, MessageSink out) {
        stage.voice().at(nowNanos);
        part.advancing(nowNanos);
        return Math.min(clockOut.advance(nowNanos, part.isAnswering(), out), play(nowNanos, out));
    }

    private long play(long nowNanos, MessageSink out) {
        for (int i = 0; i < MAX_EVENTS_AT_ONCE; i++) {
            long againNanos = plan.isEmpty() ? part.decide(nowNanos) : Long.MAX_VALUE;
            long dueNanos = plan.isEmpty() ? Long.MAX_VALUE : plan.dueNanos(0);
            long endNanos = stage.voice().mustEndNanos();
            long commitNanos = stage.dials().commitsAt(Math.min(dueNanos, endNanos));
            if (commitNanos > nowNanos) {
                if (plan.isEmpty()) {
                    stage.mind().silence(nowNanos);
                    againNanos = Math.min(againNanos, stage.mind().nextTickNanos());
                }
                return Math.min(againNanos, commitNanos);
            }
            part.wake();
            if (endNanos < dueNanos) {
                stage.voice().endTooLong(out);
            } else {
                commit(out);
            }
        }
        return nowNanos;
    }

    private void commit(MessageSink out) {
        int event = plan.event(0);
        long dueNanos = plan.dueNanos(0);
        plan.removeFirst();
        int kind = Event.kind(event);
        if (kind == Event.ANSWER_ON) {
            int velocity = Vocabulary.velocity(Event.velocityBin(event));
            if (!stage.voice().begin(Event.pitch(event), velocity, dueNanos, dueNanos, out)) {
                return;
            }
        } else if (kind == Event.ANSWER_OFF) {
            stage.voice().end(Event.pitch(event), dueNanos, dueNanos, out);
        } else {
            stop(dueNanos, dueNanos, out);
        }
        part.sent(event, dueNanos);
    }

    /**
     * Computes ahead what the next event needs of the network. Call when there is time; the music is the same without. False
     * if that was done already.
     */
    @HotPath
    public boolean prepare() {
        part.wake();
        return stage.mind().prepare();
    }

    private void stop(long dueNanos, long nanos, MessageSink out) {
        stage.voice().endAll(dueNanos, nanos, out);
        plan.clear();
        part.stopped(nanos);
    }

    /** The same for a control: as soon as the way out can send it in time. */
    private void silence(long nanos, MessageSink out) {
        stop(nanos + stage.dials().leadNanos(), nanos, out);
    }

    /** Begins to play without waiting for a phrase to end, if the part at work takes turns. */
    @HotPath
    public void answer(long nanos) {
        part.wake();
        if (!part.isAnswering()) {
            plan.clear();
            part.answer(nanos);
        }
    }

    /**
     * Changes a setting, for the next answer if not named below, or carries out an action. Notes that must end because of
     * it end now.
     *
     * @param value see {@link Control}; already checked
     */
    @HotPath
    public void set(Control control, long value, long nanos, MessageSink out) {
        part.wake();
        if (!control.isAction()) {
            part.forgetThoughts();
        }
        stage.dials().set(control, value);
        switch (control) {
            case MODE, MUTE, CALIBRATE -> change(partAtWork(), nanos, out);
            case TEMPERATURE, TIME_TEMPERATURE, TOP_P, MIN_P, MEMORY, BOLDNESS -> {
                stage.mind().follow(stage.dials());
                plan.clear();
            }
            case SEED -> {
                stage.mind().seed(value);
                plan.clear();
            }
            case REGISTER, SCALE, KEY_LOCK, KEY_BIAS, LOWEST, HIGHEST, SPLIT -> {
                stage.steer();
                plan.clear();
            }
            case CHANNEL -> {
                silence(nanos, out);
                stage.voice().channelChanged();
            }
            case PANIC -> silence(nanos, out);
            case ANSWER -> answer(nanos);
            case AGAIN -> again(nanos, out);
            case VETO -> part.veto(nanos);
            case TAP_CONTROLLER -> tapKeys.changed();
            case PERIOD, OFFSET -> plan.clear(); // It may be due too soon now.
            case TAP -> tap(nanos);
            case FORGET -> {
                stage.mind().cache().keep(null);
                forget(nanos, out);
            }
            case CALL_REST, CONTINUE_REST -> part.restChanged(nanos);
            default -> {}
        }
    }

    private void tap(long nanos) {
        listener.pulse().tap(nanos);
        clockOut.played(nanos);
    }

    /** Forgets all that was heard in this session. */
    @HotPath
    public void forget(long nanos, MessageSink out) {
        part.wake();
        silence(nanos, out);
        clockOut.stop(nanos, out);
        begin(nanos);
    }

    private void change(Part next, long nanos, MessageSink out) {
        if (next != part) {
            silence(nanos, out);
            part = next;
            ear.part = next;
            part.enter(nanos);
        }
    }

    /** If there is nothing to repeat, what is known of the phrase is answered now. */
    private void again(long nanos, MessageSink out) {
        silence(nanos, out);
        if (!part.again(nanos)) {
            answer(nanos);
        }
    }

    /** From now on this mind plays. The plan is made again. */
    @HotPath
    void succeed(Mind successor) {
        successor.takeOverFrom(stage.mind(), stage.dials());
        stage.replaceMind(successor);
        plan.clear();
        for (Part each : byMode) {
            each.mindReplaced();
        }
    }

    /** Joins in now, beside the first part: knows what that has in mind, and is set like it. */
    @HotPath
    void joins(Improviser first, long nanos) {
        begin(nanos);
        stage.dials().follow(first.dials());
        stage.mind().follow(stage.dials());
        stage.steer();
        first.part.wake();
        stage.mind().learnFrom(first.mind());
    }

    /** What its parts work with. */
    @HotPath
    Stage stage() {
        return stage;
    }

    /** The mind that plays now. Approximate while another thread runs it. */
    public Mind mind() {
        return stage.mind();
    }

    /** What is planned. The improviser's thread. */
    public Plan plan() {
        return plan;
    }

    /** Why that is planned. The improviser's thread. */
    public Choice choice() {
        return stage.choice();
    }

    /** The settings as they are now. The improviser's thread. */
    public Dials dials() {
        return stage.dials();
    }

    /** What is known of the human. The improviser's thread. */
    public Listener listener() {
        return listener;
    }

    /** True while it is the answer's turn. Approximate while another thread runs it. */
    public boolean isAnswering() {
        return part.isAnswering();
    }

    /** True while nothing is played and no phrase waits for its answer. */
    public boolean isIdle() {
        return part.isIdle();
    }

    /** Answers begun since the start. Approximate while another thread runs it. */
    public long answers() {
        long answers = 0;
        for (Part each : byMode) {
            answers += each.answers();
        }
        return answers;
    }

    /** Notes sent since the start. Approximate while another thread runs it. */
    public long notesAnswered() {
        return stage.voice().notes();
    }

    /** Notes since the start that did not begin because it was too late. Approximate while another thread runs it. */
    public long notesDropped() {
        return stage.voice().droppedNotes();
    }
}
