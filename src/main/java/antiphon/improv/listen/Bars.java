package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * Counts the beats of a pulse, so that bars stay where they are while the pulse is found anew: from a bar line of a MIDI
 * clock, or else from the first beat that the human plays. A new pulse moves the beats a little but does not change their
 * number: a beat found twice as fast, or off the beat, is the same beat. Times are those at which the human is heard. One
 * thread; allocates nothing.
 */
@HotPath
public final class Bars {
    /** A note that comes so much after a beat, in beats, is still on it. */
    private static final double LATE = 0.25;

    /** A note so long before a bar line, in beats, is an upbeat to it. */
    private static final double UPBEAT = 1.25;

    /** A beat that seems to have moved further, in beats, is another one. */
    private static final double FAR = 0.3;

    /** Beats of so many of ours can be found in their place. */
    private static final double[] MULTIPLES = {1, 2, 1 / 2.0, 3, 1 / 3.0};

    /** How far a tempo can have changed from one look to the next. */
    private static final double SAME_TEMPO = 0.15;

    private boolean known;
    private boolean onClock;
    private int jumpCount;

    /** The number of the first beat of the clock's song. */
    private double firstOfSong;

    private double periodNanos;
    private double beatNanos; // when the beat of this number is
    private double beat;

    /** Nothing is counted any more. */
    public void forget() {
        known = false;
    }

    /** True if beats are counted. */
    public boolean areKnown() {
        return known;
    }

    /** True if they are those of a clock. Only if they are known. */
    public boolean areOfClock() {
        return onClock;
    }

    /**
     * Begins to count.
     *
     * @param pulse just found, and sure
     * @param firstNanos the human's first note
     * @return the number of the beat that begins the human's first bar: that which the note is in or leads to
     */
    public double count(Pulse pulse, long firstNanos, int beatsPerBar) {
        known = true;
        periodNanos = pulse.beatPeriodNanos();
        onClock = pulse.knowsBars();
        if (onClock) {
            firstOfSong = 0;
            jumpCount = pulse.jumpCount();
            keepUp(pulse);
            return Math.floor((beatAt(firstNanos) + Math.min(UPBEAT, beatsPerBar / 2.0)) / beatsPerBar) * beatsPerBar;
        }
        double beats = Math.ceil((firstNanos - pulse.beatNanos()) / periodNanos - LATE);
        beatNanos = pulse.beatNanos() + beats * periodNanos;
        beat = 0;
        return 0;
    }

    /**
     * Goes on counting by a pulse that was just found, and is sure.
     *
     * @return how many of the beats counted one of the pulse's is: 1, or 2, 3, 1/2, 1/3; 0 if it is of another tempo, and
     *     nothing has changed
     */
    public double follow(Pulse pulse, long nowNanos, int beatsPerBar) {
        if (!pulse.knowsBars()) {
            onClock = false;
            return followOnsets(pulse, nowNanos);
        }
        if (!onClock || jumpCount != pulse.jumpCount()) {
            // The song is somewhere else: its bars count on from here.
            double ofSong = (nowNanos - pulse.barNanos()) / pulse.beatPeriodNanos();
            firstOfSong = Math.rint((beatAt(nowNanos) - ofSong) / beatsPerBar) * beatsPerBar;
            jumpCount = pulse.jumpCount();
            onClock = true;
        }
        keepUp(pulse);
        return 1;
    }

    /** The clock may have changed its tempo; without one, or if it is somewhere else, nothing changes. */
    public void keepUp(Pulse pulse) {
        if (onClock && pulse.knowsBars() && jumpCount == pulse.jumpCount()) {
            periodNanos = pulse.beatPeriodNanos();
            beatNanos = pulse.barNanos();
            beat = firstOfSong;
        }
    }

    private double followOnsets(Pulse pulse, long nowNanos) {
        double found = pulse.beatPeriodNanos();
        for (double multiple : MULTIPLES) {
            double period = found / multiple;
            if (Math.abs(period / periodNanos - 1) <= SAME_TEMPO) {
                double number = Math.rint(beatAt(nowNanos));
                double expected = nanosAt(number);
                double step = period / Math.max(1, Math.rint(period / pulse.periodNanos()));
                double off = Math.IEEEremainder(expected - pulse.stepNanos(), step);
                beatNanos = Math.abs(off) <= FAR * period ? expected - off : expected;
                beat = number;
                periodNanos = period;
                return multiple;
            }
        }
        return 0;
    }

    /** The number of the first bar line at a beat or after it, of bars one of which begins at another. Pure. */
    public static double barLine(double bar, double beat, int beatsPerBar) {
        return bar + Math.ceil((beat - bar) / beatsPerBar) * beatsPerBar;
    }

    /** From one beat to the next. Only if they are known. */
    public double periodNanos() {
        return periodNanos;
    }

    /** The number of the beat at this time, with its fraction. Only if they are known. */
    public double beatAt(long nanos) {
        return beat + (nanos - beatNanos) / periodNanos;
    }

    /** When the beat of this number is. Only if they are known. */
    public double nanosAt(double number) {
        return beatNanos + (number - beat) * periodNanos;
    }
}
