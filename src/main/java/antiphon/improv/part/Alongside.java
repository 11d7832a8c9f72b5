package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Part;
import antiphon.improv.Stage;
import antiphon.improv.listen.Looks;
import antiphon.improv.listen.Pulse;

/**
 * A part that plays while the human plays: it looks for the pulse all the time, begins and ends by what they do, and keeps
 * to no turn. One thread; allocates nothing.
 */
@HotPath
abstract class Alongside implements Part, Composer.Bounds {
    static final long MILLI = 1_000_000L;
    static final long NEVER = Long.MAX_VALUE;

    /** How long it rests after a veto. */
    private static final double VETOED_BEATS = 4;

    private static final long VETOED_NANOS = 2_000 * MILLI;

    final Stage stage;
    private final Looks looks = new Looks();
    private boolean playing;
    private long restUntilNanos = Long.MIN_VALUE;
    private long answers;

    Alongside(Stage stage) {
        this.stage = stage;
    }

    /** It has just begun to play. */
    abstract void begun(long nanos);

    /** The human begins a note. */
    final void played() {
        looks.played();
    }

    final boolean isPlaying() {
        return playing;
    }

    final void begin(long nanos) {
        playing = true;
        answers++;
        stage.listener().pulse().find(nanos);
        begun(nanos);
    }

    /** It plays no more. */
    final void end() {
        playing = false;
    }

    /** Until then it begins nothing of its own accord: a veto was given. */
    final long restUntilNanos() {
        return restUntilNanos;
    }

    /** Looks for the pulse if it is time. */
    final void look(long nowNanos) {
        if (looks.nextNanos() <= nowNanos) {
            Pulse pulse = stage.listener().pulse();
            looks.find(pulse, nowNanos);
            stage.listener().touch().measure(pulse, stage.listener().phrase().startNanos());
        }
    }

    /** When to decide again if nothing happens; a phrase that is over is forgotten. */
    final long againNanos(long nowNanos) {
        return Math.min(looks.nextNanos(), Listen.forgetFinished(stage, restNanos(), nowNanos));
    }

    @Override
    public long restNanos() {
        return stage.dials().callRestNanos();
    }

    @Override
    public void forget() {
        playing = false;
        restUntilNanos = Long.MIN_VALUE;
        looks.forget();
    }

    @Override
    public void answer(long nanos) {
        if (!playing) {
            begin(nanos);
        }
    }

    @Override
    public boolean again(long nanos) {
        answer(nanos);
        return true;
    }

    /** Ends with the next beat, and rests for a bar. */
    @Override
    public void veto(long nanos) {
        if (playing) {
            Pulse pulse = stage.listener().pulse();
            long endNanos = stage.endTurn(Composer.TURN_END, nanos);
            restUntilNanos =
                    endNanos + (pulse.isSure() ? Math.round(VETOED_BEATS * pulse.beatPeriodNanos()) : VETOED_NANOS);
        }
    }

    @Override
    public boolean isAnswering() {
        return playing;
    }

    @Override
    public boolean isIdle() {
        return !playing && stage.listener().phrase().notes() == 0;
    }

    @Override
    public long answers() {
        return answers;
    }

    @Override
    public long entryNanos() {
        return Composer.ANY_TIME;
    }

    @Override
    public long lastOnsetNanos() {
        return NEVER;
    }

    @Override
    public long endNanos() {
        return NEVER;
    }
}
