package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Part;
import antiphon.improv.Stage;
import antiphon.improv.listen.Phrase;
import antiphon.improv.listen.Pulse;
import antiphon.music.MessageSink;

/**
 * The common base of the parts that wait for the human to rest and then play until they are done or interrupted. Each
 * event is decided when the one before it has been sent. One thread; allocates nothing.
 */
@HotPath
abstract class Turns implements Part, Imagination.Scene {
    /** See {@link Bounds#entryNanos}. */
    static final long ANY_TIME = Composer.ANY_TIME;

    final Stage stage;
    private final AnswerShape shape = new AnswerShape();
    private final Composer composer;
    private final Imagination imagination;
    private boolean answering;

    /**
     * True if another answer to the last call is possible: the mind's state before the answer is kept, and nothing was
     * heard since.
     */
    private boolean repeatable;

    private long answers;

    Turns(Stage stage) {
        this.stage = stage;
        composer = new Composer(
                stage, stage.voice().keys(), this, shape, stage.listener().tonality());
        imagination = new Imagination(stage, this, composer);
    }

    /** What it imagines. */
    Imagination imagination() {
        return imagination;
    }

    /** True if it knows long before how its turn will begin and end, so that answers can be imagined. */
    boolean canImagine() {
        return false;
    }

    /** When the human's phrase will have ended if nothing more is played, {@link Long#MAX_VALUE} if there is none. */
    @Override
    public long phraseEndNanos() {
        return stage.listener().phraseEndNanos(restNanos());
    }

    @Override
    public abstract void measure(Phrase call, AnswerShape answer);

    @Override
    public void turnPasses(Phrase call) {
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

    @Override
    public long entryNanos() {
        return ANY_TIME;
    }

    @Override
    public long lastOnsetNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public long endNanos() {
        return Long.MAX_VALUE;
    }

    /** From now on another answer to the last call is not possible. */
    final void playedSince() {
        repeatable = false;
    }

    /** A phrase that is over already belongs to the part that was at work before. */
    @Override
    public void enter(long nanos) {
        if (phraseEndNanos() <= nanos) {
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
        stage.mind().wake();
        if (!answering) {
            long endNanos = phraseEndNanos();
            if (endNanos > nowNanos) {
                return endNanos;
            }
            answer(endNanos);
            if (!stage.plan().isEmpty()) {
                return nowNanos;
            }
        }
        composer.decide(stage.listener().pulse(), nowNanos);
        stage.plan().add(composer.event(), composer.dueNanos(), stage.listener().pulse());
        return nowNanos;
    }

    @Override
    public void restChanged(long nanos) {
        if (!answering && phraseEndNanos() <= nanos) {
            // Not at the time that the new rest says: that is past.
            answer(nanos);
        }
    }

    @Override
    public void answer(long nanos) {
        stage.mind().wake();
        Phrase call = stage.listener().phrase();
        boolean imagined = canImagine() && imagination.isFor(nanos);
        if (!imagined) {
            imagination.forget();
        }
        turnPasses(call);
        stage.mind().restartClock(nanos);
        stage.listener().stillSounds(call, nanos);
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
        imagination.plan(nanos);
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
        imagination.plan(nanos);
        return true;
    }

    @Override
    public long thinkNanos(long nowNanos) {
        return answering || !canImagine() ? Long.MAX_VALUE : imagination.thinkNanos(nowNanos);
    }

    @Override
    public boolean beginThinking(long nowNanos, int way) {
        if (imagination.isFor(phraseEndNanos())) {
            return false;
        }
        imagination.begin(nowNanos, way);
        return true;
    }

    @Override
    public void think() {
        imagination.think();
    }

    @Override
    public int thought(long nowNanos) {
        long endNanos = phraseEndNanos();
        return !answering && endNanos <= nowNanos && imagination.isFor(endNanos) ? imagination.complete() : 0;
    }

    @Override
    public void wake() {
        imagination.wake();
    }

    @Override
    public void forgetThoughts() {
        imagination.forget();
    }

    /** Ends with the next beat, at once without a pulse. */
    @Override
    public void veto(long nanos) {
        if (answering) {
            stage.endTurn(Composer.TURN_END, nanos);
        }
    }

    private void begin(long nanos) {
        composer.restart(nanos);
        answering = true;
        answers++;
    }

    @Override
    public void sent(int event, long dueNanos) {
        composer.sent(event, dueNanos);
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
        imagination.forget();
        answering = false;
        repeatable = false;
    }

    @Override
    public void mindReplaced() {
        repeatable = false;
        imagination.mindReplaced();
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
