package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Stage;
import antiphon.improv.listen.Bars;
import antiphon.improv.listen.Looks;
import antiphon.improv.listen.Phrase;
import antiphon.improv.listen.Pulse;
import antiphon.music.MessageSink;

/**
 * Takes turns of so many bars: the human has them, then the partner, as in trading fours. The partner enters on the bar
 * line, whether or not the human still plays, and has ended everything on the bar line where its turn is over. A turn in
 * which the human plays nothing gets no answer: then the partner waits, and bars are counted anew from what is played
 * next. As long as there is no pulse it takes turns as {@link antiphon.improv.Mode#CALL} does. One thread; allocates
 * nothing.
 */
@HotPath
final class Trade extends Call {
    /** The turn passes so long before the bar line, and the commit window: time to decide the first note. */
    private static final long AHEAD_NANOS = 20_000_000L;

    /** Beats before a bar line in which the partner begins no note, and in which the human already plays for it. */
    private static final double LAST_PART = 0.5;

    private static final double AS_LONG = 1;

    private final Bars bars = new Bars();
    private final Looks looks = new Looks();

    /** The numbers of the beats at which the turn that goes on begins and ends. Only if the bars are known. */
    private double firstBeat;

    private double endBeat;

    /** No turn was taken by bars yet, so what was found of the pulse at first can be mended. */
    private boolean first;

    private long lastOnsetNanos;

    Trade(Stage stage) {
        super(stage);
    }

    @Override
    public void measure(Phrase call, AnswerShape answer) {
        if (bars.areKnown()) {
            answer.measure(call, stage.dials(), true, AS_LONG, Long.MAX_VALUE);
        } else {
            super.measure(call, answer);
        }
    }

    /** Where bars are known the human may play until the turn passes. */
    @Override
    boolean canImagine() {
        return !bars.areKnown();
    }

    @Override
    public void enter(long nanos) {
        super.enter(nanos);
        countAnew();
    }

    @Override
    public void forget() {
        super.forget();
        countAnew();
    }

    private void countAnew() {
        bars.forget();
        looks.forget();
    }

    @Override
    public void interrupt(long nanos, MessageSink out) {
        if (bars.areKnown()) {
            playedSince();
        } else {
            super.interrupt(nanos, out);
        }
    }

    @Override
    public void began(int pitch, int velocity, long nanos, MessageSink out) {
        looks.played();
        lastOnsetNanos = nanos;
    }

    @Override
    public long decide(long nowNanos) {
        bars.keepUp(stage.listener().pulse());
        if (isAnswering()) {
            return super.decide(nowNanos);
        }
        long lookNanos = look(nowNanos);
        if (!bars.areKnown()) {
            return Math.min(lookNanos, super.decide(nowNanos));
        }
        long passesNanos = dueNanos(endBeat) - aheadNanos();
        if (passesNanos > nowNanos) {
            return Math.min(lookNanos, passesNanos);
        }
        if (!first && lastOnsetNanos < bars.nanosAt(firstBeat - LAST_PART)) {
            countAnew();
            stage.listener().phrase().reset();
            return Long.MAX_VALUE;
        }
        take(endBeat, endBeat + beatsPerTurn(), dueNanos(endBeat));
        return super.decide(nowNanos);
    }

    /**
     * Looks for the pulse if the human has played since the last look.
     *
     * @return when to look again
     */
    private long look(long nowNanos) {
        if (!bars.areKnown() && stage.listener().phrase().notes() == 0) {
            // It was answered on demand, without a pulse: bars begin with what is played next.
            return Long.MAX_VALUE;
        }
        long nextNanos = looks.nextNanos();
        boolean isOver = !bars.areKnown() && phraseEndNanos() <= nowNanos;
        if (nextNanos == Long.MAX_VALUE || (nextNanos > nowNanos && !isOver)) {
            return nextNanos;
        }
        Pulse pulse = stage.listener().pulse();
        looks.find(pulse, nowNanos);
        if (pulse.isSure()) {
            count(pulse, nowNanos);
        }
        return Long.MAX_VALUE;
    }

    private void count(Pulse pulse, long nowNanos) {
        int beatsPerBar = stage.dials().beatsPerBar();
        boolean early = first && !pulse.knowsBars() && bars.beatAt(nowNanos) < endBeat / 2;
        if (!bars.areKnown() || early) {
            firstBeat = bars.count(pulse, stage.listener().phrase().startNanos(), beatsPerBar);
            // Who is not understood before their bars are over has them until the next bar line.
            double soonest = bars.beatAt(nowNanos + aheadNanos());
            endBeat = Math.max(firstBeat + beatsPerTurn(), Bars.barLine(firstBeat, soonest, beatsPerBar));
            first = true;
        } else {
            bars.follow(pulse, nowNanos, beatsPerBar);
        }
    }

    /** The partner has the turn from this beat to that one. */
    private void take(double from, double to, long nanos) {
        firstBeat = from;
        endBeat = to;
        first = false;
        super.answer(nanos);
        if (stage.listener().pulse().isSure()) {
            bars.follow(stage.listener().pulse(), nanos, stage.dials().beatsPerBar());
        }
    }

    @Override
    public void restChanged(long nanos) {
        if (!bars.areKnown()) {
            super.restChanged(nanos);
        }
    }

    /** From the next beat on, until as many bars are over as a turn has, counted from the bar line before. */
    @Override
    public void answer(long nanos) {
        if (bars.areKnown()) {
            double from = nextBeat(nanos);
            take(from, endFrom(from), nanos);
        } else {
            super.answer(nanos);
        }
    }

    @Override
    public boolean again(long nanos) {
        if (!super.again(nanos)) {
            return false;
        }
        if (bars.areKnown()) {
            double from = nextBeat(nanos);
            // In the partner's own bars the turn ends where it would have ended.
            endBeat = from < firstBeat ? firstBeat : endFrom(from);
            firstBeat = from;
        }
        return true;
    }

    private double nextBeat(long nanos) {
        return Math.ceil(bars.beatAt(nanos + aheadNanos()));
    }

    private double endFrom(double from) {
        int beatsPerBar = stage.dials().beatsPerBar();
        return firstBeat + Math.floor((from - firstBeat) / beatsPerBar) * beatsPerBar + beatsPerTurn();
    }

    /** Whether it has played its bars or was silenced: the human's begin where they would have begun. */
    @Override
    public void stopped(long nanos) {
        if (isAnswering() && bars.areKnown()) {
            firstBeat = endBeat;
            endBeat += beatsPerTurn();
        }
        super.stopped(nanos);
    }

    private double beatsPerTurn() {
        return (double) stage.dials().tradeBars() * stage.dials().beatsPerBar();
    }

    private long aheadNanos() {
        return stage.dials().commitNanos() + AHEAD_NANOS;
    }

    /** When what sounds at a beat is due. */
    private long dueNanos(double beat) {
        return Math.round(bars.nanosAt(beat)) + stage.dials().beatLaterNanos(bars.areOfClock());
    }

    @Override
    public long entryNanos() {
        return bars.areKnown() ? dueNanos(firstBeat) : ANY_TIME;
    }

    @Override
    public long lastOnsetNanos() {
        return bars.areKnown() ? dueNanos(endBeat - LAST_PART) : Long.MAX_VALUE;
    }

    @Override
    public long endNanos() {
        return bars.areKnown() ? dueNanos(endBeat) : Long.MAX_VALUE;
    }
}
