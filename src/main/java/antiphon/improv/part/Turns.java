package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Grid;
import antiphon.improv.Part;
import antiphon.improv.Stage;
import antiphon.improv.listen.Phrase;
import antiphon.improv.listen.Pulse;
import antiphon.music.Event;
import antiphon.music.MessageSink;
import antiphon.music.Vocabulary;

/**
 * The common base of the parts that wait for the human to rest and then play until they are done or interrupted. Each
 * event is decided when the one before it has been sent. One thread; allocates nothing.
 */
@HotPath
abstract class Turns implements Part {
    /** The shortest note of an answer; shorter ones sound like mistakes. */
    private static final long SHORTEST_NOTE_NANOS = 60_000_000L;

    private static final int ON = 1 << Event.ANSWER_ON;
    private static final int OFF = 1 << Event.ANSWER_OFF;
    private static final int END = 1 << Event.PHRASE_END;
    private static final int TURN_END = Event.of(Event.PHRASE_END, 0, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY);

    /** See {@link #entryNanos}. */
    static final long ANY_TIME = Long.MIN_VALUE;

    final Stage stage;
    private final AnswerShape shape = new AnswerShape();
    private final Grid grid = new Grid();
    private final HandSpeed hands = new HandSpeed();
    private boolean answering;

    /** The answer has played a note. */
    private boolean begun;

    /**
     * True if another answer to the last call is possible: the mind's state before the answer is kept, and nothing was
     * heard since.
     */
    private boolean repeatable;

    private long answers;

    Turns(Stage stage) {
        this.stage = stage;
    }

    /** Derives the answer's shape from a call. */
    abstract void measure(Phrase call, AnswerShape answer);

    /** The turn passes to the partner; tells the mind what it must know of that. */
    void turnPasses(Phrase call) {
        if (call.notes() > 0) {
            // The rest that ended the phrase is not told to the network: for it the answer begins right after the last
            // note.
            stage.mind().phraseEnd(call.lastActivityNanos());
        }
    }

    /** The partner's turn is over at this time; tells the mind what it must know of that. */
    void turnIsOver(long nanos) {
        stage.mind().phraseEnd(nanos);
    }

    /** When the first note of the turn is due; {@link #ANY_TIME} if the grid decides that. */
    long entryNanos() {
        return ANY_TIME;
    }

    /** No note of the turn begins after this. */
    long lastOnsetNanos() {
        return Long.MAX_VALUE;
    }

    /** When the turn ends and all notes with it; {@link Long#MAX_VALUE} if the network decides that. */
    long endNanos() {
        return Long.MAX_VALUE;
    }

    /** From now on another answer to the last call is not possible. */
    final void playedSince() {
        repeatable = false;
    }

    /** A phrase that is over already belongs to the part that was at work before. */
    @Override
    public void enter(long nanos) {
        if (stage.listener().phraseEndNanos(restNanos()) <= nanos) {
            stage.listener().phrase().reset();
        }
        repeatable = false;
    }

    @Override
    public void interrupt(long nanos, MessageSink out) {
        repeatable = false;
        if (answering) {
            // Now is too late for a port that is handed messages ahead.
            stage.voice().endAll(nanos + stage.dials().immediateNanos(), nanos, out);
            stopped(nanos);
        }
    }

    /** Whoever lifts a key has told the mind something that a repetition would take back. */
    @Override
    public void ending(int pitch, long nanos, MessageSink out) {
        repeatable = false;
    }

    @Override
    public long decide(long nowNanos) {
        if (!answering) {
            long endNanos = stage.listener().phraseEndNanos(restNanos());
            if (endNanos > nowNanos) {
                return endNanos;
            }
            answer(endNanos);
        }
        decideEvent(nowNanos);
        return nowNanos;
    }

    @Override
    public void restChanged(long nanos) {
        if (!answering && stage.listener().phraseEndNanos(restNanos()) <= nanos) {
            // Not at the time that the new rest says: that is past.
            answer(nanos);
        }
    }

    @Override
    public void answer(long nanos) {
        Phrase call = stage.listener().phrase();
        turnPasses(call);
        stage.mind().restartClock(nanos);
        stage.listener().stillSounds(nanos);
        measure(call, shape);
        stage.listener().tonality().update();
        Pulse pulse = stage.listener().pulse();
        pulse.find(nanos);
        if (call.notes() > 0) {
            stage.listener().touch().measure(pulse, call.startNanos());
        }
        call.reset();
        stage.mind().keep();
        repeatable = true;
        begin(nanos);
    }

    @Override
    public boolean again(long nanos) {
        // Random numbers that differ from those of the answer before.
        long seed = stage.mind().nextSeed();
        if (!repeatable || !stage.mind().bringBack()) {
            return false;
        }
        stage.mind().seed(seed);
        stage.mind().follow(stage.dials());
        stage.mind().restartClock(nanos);
        begin(nanos);
        return true;
    }

    private void begin(long nanos) {
        shape.restart(nanos);
        begun = false;
        answering = true;
        answers++;
    }

    private void decideEvent(long nowNanos) {
        long soonestNanos = nowNanos + stage.dials().leadNanos();
        long earliestNanos = Math.max(soonestNanos, stage.mind().clockNanos());
        grid.hold(stage.listener().pulse(), stage.dials(), !begun);
        int event = draw(kinds(earliestNanos), soonestNanos);
        long dueNanos = dueNanos(event, earliestNanos);
        if (Event.kind(event) == Event.ANSWER_ON && dueNanos > lastOnsetNanos()) {
            event = draw(stage.voice().keys().count() > 0 ? OFF : 0, soonestNanos);
            dueNanos = dueNanos(event, earliestNanos);
        }
        if (dueNanos >= endNanos()) {
            event = TURN_END;
            dueNanos = Math.max(endNanos(), earliestNanos);
        }
        plan(accented(event, dueNanos), dueNanos, earliestNanos);
    }

    private int accented(int event, long dueNanos) {
        if (Event.kind(event) != Event.ANSWER_ON) {
            return event;
        }
        int velocityBin = stage.listener().touch().accented(Event.velocityBin(event), grid.isOnBeat(dueNanos));
        return Event.of(Event.ANSWER_ON, Event.timeBin(event), Event.pitch(event), velocityBin);
    }

    /** Draws an event of these kinds; the end of the turn if there are none. */
    private int draw(int kinds, long soonestNanos) {
        if (kinds == 0) {
            return TURN_END;
        }
        long clockNanos = stage.mind().clockNanos();
        int sounding = stage.voice().keys().count();
        // For the network too, what enters at a given time enters at once.
        boolean enters = !begun && entryNanos() != ANY_TIME;
        return stage.mind()
                .draw(
                        kinds,
                        stage.voice().keys(),
                        stage.listener().tonality(),
                        soonestNanos,
                        enters ? clockNanos : clockNanos + shape.maxGapNanos(sounding, clockNanos),
                        shape.patience(clockNanos),
                        shape.endBias(clockNanos),
                        grid);
    }

    /** When a drawn event is due; a turn that ends at a given time ends then. */
    private long dueNanos(int event, long earliestNanos) {
        // After a standstill even the longest gap may end in the past.
        long dueNanos = Math.max(stage.mind().clockNanos() + Vocabulary.timeNanos(Event.timeBin(event)), earliestNanos);
        return switch (Event.kind(event)) {
            case Event.ANSWER_ON ->
                Math.max(
                        hands.soonestNanos(),
                        begun || entryNanos() == ANY_TIME
                                ? grid.pulled(dueNanos, earliestNanos, Vocabulary.widthNanos(Event.timeBin(event)))
                                : Math.max(entryNanos(), earliestNanos));
            case Event.ANSWER_OFF ->
                Math.max(dueNanos, stage.voice().keys().onsetNanos(Event.pitch(event)) + SHORTEST_NOTE_NANOS);
            default -> endNanos() == Long.MAX_VALUE ? dueNanos : endNanos();
        };
    }

    private int kinds(long earliestNanos) {
        long clockNanos = stage.mind().clockNanos();
        int sounding = stage.voice().keys().count();
        boolean over = shape.isOver(earliestNanos) || earliestNanos > lastOnsetNanos();
        boolean on = !over && sounding < shape.maxPolyphony();
        boolean off = sounding > 0;
        boolean end = over ? !off : shape.mayEnd(clockNanos);
        return (on ? ON : 0) | (off ? OFF : 0) | (end ? END : 0);
    }

    /** Plans what was drawn, or the end of the oldest note if that has lasted as long as it may before then. */
    private void plan(int event, long dueNanos, long soonestNanos) {
        int oldest = stage.voice().keys().oldest();
        long endNanos = oldest < 0 ? Long.MAX_VALUE : stage.voice().keys().onsetNanos(oldest) + shape.maxNoteNanos();
        if (endNanos < dueNanos) {
            int off = Event.of(Event.ANSWER_OFF, 0, oldest, Vocabulary.NO_VELOCITY);
            stage.plan()
                    .add(off, Math.max(endNanos, soonestNanos), stage.listener().pulse());
        } else {
            stage.plan().add(event, dueNanos, stage.listener().pulse());
        }
    }

    @Override
    public void sent(int event, long dueNanos) {
        if (Event.kind(event) == Event.ANSWER_ON) {
            if (!begun && grid.waitsForBar()) {
                // What was waited for the bar is not part of the answer's time.
                shape.restart(dueNanos);
            }
            shape.noteSent(dueNanos);
            hands.played(dueNanos);
            begun = true;
        }
    }

    @Override
    public void stopped(long nanos) {
        if (answering) {
            answering = false;
            stage.listener().phrase().reset();
            turnIsOver(nanos);
        }
    }

    @Override
    public void forget() {
        answering = false;
        repeatable = false;
    }

    @Override
    public void mindReplaced() {
        repeatable = false;
    }

    @Override
    public boolean isAnswering() {
        return answering;
    }

    @Override
    public boolean isIdle() {
        return !answering && stage.listener().phrase().notes() == 0;
    }

    @Override
    public long answers() {
        return answers;
    }
}
