package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Grid;
import antiphon.improv.Part;
import antiphon.improv.Stage;
import antiphon.improv.listen.Phrase;
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

    final Stage stage;
    private final AnswerShape shape = new AnswerShape();
    private final Grid grid = new Grid();
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
    abstract void turnPasses(Phrase call);

    /** The partner's turn is over at this time; tells the mind what it must know of that. */
    abstract void turnIsOver(long nanos);

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
            stage.voice().endAll(nanos, nanos, out);
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
        stage.listener().pulse().find(nanos);
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
        long clockNanos = stage.mind().clockNanos();
        long soonestNanos = nowNanos + stage.dials().leadNanos();
        int sounding = stage.voice().keys().count();
        grid.hold(stage.listener().pulse(), stage.dials(), !begun);
        int event = stage.mind()
                .draw(
                        kinds(Math.max(soonestNanos, clockNanos), clockNanos, sounding),
                        stage.voice().keys(),
                        stage.listener().tonality(),
                        soonestNanos,
                        clockNanos + shape.maxGapNanos(sounding, clockNanos),
                        shape.patience(clockNanos),
                        shape.endBias(clockNanos),
                        grid);
        // After a standstill even the longest gap may end in the past.
        long dueNanos = Math.max(clockNanos + Vocabulary.timeNanos(Event.timeBin(event)), soonestNanos);
        if (Event.kind(event) == Event.ANSWER_ON) {
            dueNanos = grid.pulled(dueNanos, Math.max(soonestNanos, clockNanos));
        }
        if (Event.kind(event) == Event.ANSWER_OFF) {
            long onsetNanos = stage.voice().keys().onsetNanos(Event.pitch(event));
            dueNanos = Math.max(dueNanos, onsetNanos + SHORTEST_NOTE_NANOS);
        }
        plan(event, dueNanos, Math.max(soonestNanos, clockNanos));
    }

    private int kinds(long soonestNanos, long clockNanos, int sounding) {
        boolean over = shape.isOver(soonestNanos);
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
            shape.noteSent();
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
