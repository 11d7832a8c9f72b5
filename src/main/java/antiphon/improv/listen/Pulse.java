package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Message;

/**
 * Tempo, phase of the beat, and how sure both are: from a MIDI clock while one runs, otherwise from the beat that the
 * human taps, otherwise from the human's own onsets. One thread; allocates nothing.
 */
@HotPath
public final class Pulse {
    /** From here on the onsets are believed to lie in the tempo of a clock that has not said where it is. */
    private static final double SURE_OF_TEMPO = 0.7;

    /** From here on it is sure enough to count by. */
    private static final double SURE = 0.5;

    /** So near to a beat, in beats, a note is on it; but never further than hands are uneven. */
    private static final double NEAR = 0.15;

    private static final double NEAR_NANOS = 60e6;

    /** So long after the last tap the beats are believed to be where they were tapped. */
    private static final long TAPPED_NANOS = 16_000_000_000L;

    private final OnsetTracker onsets = new OnsetTracker();
    private final Taps taps = new Taps();
    private final ClockFollower clock = new ClockFollower();
    private int clockInput;
    private boolean fromClock;

    /** What the human played is forgotten; the clock goes on. */
    public void forget() {
        onsets.forget();
        taps.forget();
        fromClock = false;
    }

    /**
     * Takes over what another has heard until now, to look ahead: a clock that ticks now is taken to tick until later.
     * It is not to go on hearing.
     */
    public void copyFrom(Pulse other, long nowNanos, long untilNanos) {
        onsets.copyFrom(other.onsets);
        taps.copyFrom(other.taps);
        clock.copyFrom(other.clock, nowNanos, untilNanos);
    }

    /** The human begins a note. */
    public void hear(int pitch, int velocity, long nanos) {
        onsets.hear(pitch, velocity, nanos);
    }

    /** The human taps a beat. */
    public void tap(long nanos) {
        taps.tap(nanos);
    }

    /**
     * Takes in a message of a MIDI clock. While one input ticks, the clocks of others are not listened to.
     *
     * @param input which of our inputs it came by
     * @param message see {@link Message#isClock}
     * @return false if it is not listened to
     */
    public boolean tick(int input, int message, long nanos) {
        if (input != clockInput && clock.isTicking(nanos)) {
            return false;
        }
        clockInput = input;
        clock.hear(message, nanos);
        return true;
    }

    /** The MIDI system has stood for so long, and with it the clock that we hear by it, and who plays to that. */
    public void slip(long byNanos, long nowNanos) {
        clock.slip(byNanos);
        if (clock.isRunning(nowNanos)) {
            onsets.slip(byNanos);
        }
    }

    /** Looks for the pulse of what was heard until now, for the answer that begins. */
    public void find(long nowNanos) {
        fromClock = clock.isRunning(nowNanos) && clock.isPlaced();
        if (fromClock) {
            onsets.findOn(clock.beatPeriodNanos(), clock.at(0), nowNanos);
        } else if (!findInTempo(nowNanos)) {
            onsets.find(nowNanos);
        }
    }

    /** In the tempo of the taps, or of a clock that does not say where it is, if the onsets lie in it. */
    private boolean findInTempo(long nowNanos) {
        if (taps.isKnown()) {
            onsets.findOn(taps.periodNanos(), nowNanos);
            if (onsets.confidence() < SURE_OF_TEMPO && nowNanos - taps.lastNanos() < TAPPED_NANOS) {
                // Too little was played to say where the beats are: where they were tapped.
                onsets.findOn(taps.periodNanos(), taps.beatNanos(), nowNanos);
            }
        } else if (clock.isTicking(nowNanos)) {
            onsets.findOn(clock.beatPeriodNanos(), nowNanos);
        } else {
            return false;
        }
        // Some keyboards tick all the time, at a tempo that nobody plays in; and a tempo that was tapped grows old.
        return onsets.confidence() >= SURE_OF_TEMPO;
    }

    /** How sure the grid is: 0 not at all, 1 certain. */
    public double confidence() {
        return onsets.confidence();
    }

    /** True if it is sure enough to count beats by. */
    public boolean isSure() {
        return confidence() >= SURE;
    }

    /** Of one step of the grid. */
    public double periodNanos() {
        return fromClock ? clock.beatPeriodNanos() / onsets.stepsPerBeat() : onsets.periodNanos();
    }

    /** Steps of the grid in a beat: 1 to 4, or 6. */
    public int stepsPerBeat() {
        return onsets.stepsPerBeat();
    }

    /** Of one beat. */
    public double beatPeriodNanos() {
        return stepsPerBeat() * periodNanos();
    }

    /** The same span, or the next longer one of whole beats. */
    public double wholeBeatsNanos(double spanNanos) {
        double periodNanos = beatPeriodNanos();
        return Math.ceil(spanNanos / periodNanos) * periodNanos;
    }

    /** True if a note then is on a beat, of which one is at a time and the others follow at a period. Pure. */
    public static boolean isOnBeat(double nanos, double beatNanos, double beatPeriodNanos) {
        double off = Math.abs(Math.IEEEremainder(nanos - beatNanos, beatPeriodNanos));
        return off <= Math.min(NEAR * beatPeriodNanos, NEAR_NANOS);
    }

    /** Where in two steps of the grid, from a beat on, the second begins; see {@link OnsetTracker#swing}. */
    public double swing() {
        return onsets.swing();
    }

    /** Quarters a minute, if a beat is one. */
    public double tempoQpm() {
        return 60e9 / beatPeriodNanos();
    }

    /** When one of the grid's steps is. */
    public double stepNanos() {
        return fromClock ? clock.at(0) : onsets.stepNanos();
    }

    /** When one of the beats is. */
    public double beatNanos() {
        return fromClock ? clock.at(0) : onsets.beatNanos();
    }

    /** True if the bars are known as well: then the pulse is that of a clock, not that of the human's playing. */
    public boolean knowsBars() {
        return fromClock;
    }

    /** When one of the bars begins. Only if {@link #knowsBars}. */
    public double barNanos() {
        return clock.at(0);
    }

    /**
     * Where in the song a time is, in its own units, so that it can be found again after the clock has changed its mind;
     * NaN without a clock.
     */
    public double placeOf(long atNanos) {
        return fromClock ? clock.positionAt((double) atNanos) : Double.NaN;
    }

    /** When a place is. Only for those of {@link #placeOf} since which {@link #jumpCount} has not changed. */
    public long nanosAt(double place) {
        return Math.round(clock.at(place));
    }

    /** Changes when the song goes on somewhere else. */
    public int jumpCount() {
        return clock.jumpCount();
    }
}
