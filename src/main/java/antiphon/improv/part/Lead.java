package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Dials;
import antiphon.improv.listen.Chords;
import antiphon.improv.listen.Pulse;
import antiphon.music.Vocabulary;

/**
 * What the human's hands do while the partner plays a line over the chords of the left: when the left hand plays, when its
 * chord changes and is about to, and whether the right hand plays as well. So also how dense the line is: sparse beside a
 * right hand, with a breath after every two bars or so. One thread; allocates nothing.
 */
@HotPath
final class Lead implements Shape {
    private static final long MILLI = 1_000_000L;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    /** The line begins after so many strikes of the left hand. */
    private static final int FIRST_STRIKES = 2;

    /** Notes closer than this are one strike. */
    private static final long STRIKE_NANOS = 60 * MILLI;

    /** So long after the right hand's last note it counts as playing. */
    private static final long RIGHT_NANOS = 1_500 * MILLI;

    /** The line closes when the left hand has been silent for so long. */
    private static final double OVER_BEATS = 4;

    private static final long OVER_NANOS = 2_500 * MILLI;

    /** Notes of the line for each beat, and without a pulse a second. */
    private static final double NOTES_PER_BEAT = 1.2;

    private static final double NOTES_PER_SECOND = 2;
    private static final double FASTEST = 5;

    /** Beside a right hand so much of that. */
    private static final double BESIDE = 0.4;

    /** How strongly the density is pulled to that, within these bounds, and how far it may be ahead, in notes. */
    private static final double PULL = 2;

    private static final double MIN_PATIENCE = -1.5;
    private static final double MAX_PATIENCE = 2;
    private static final double SLACK_NOTES = 0.7;
    private static final double RECENT_NANOS = 2e9;

    private static final double LONGEST_NOTE_BEATS = 2;
    private static final long LONGEST_NOTE_NANOS = 1_600 * MILLI;
    private static final long LONGEST_GAP_NANOS = 1_200 * MILLI;

    /** It plays for so many beats, then is silent for some. */
    private static final double BREATH_AFTER_BEATS = 7;

    private static final double BREATH_BEATS = 1;

    /** A change of chord is expected as long after the last as that was after the one before, give or take so many beats. */
    private static final double SAME = 0.2;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Dials dials;
    private final Pulse pulse;
    private final Chords chords;

    private int strikes;
    private long lastLeftNanos = LONG_AGO;
    private long strikeNanos = LONG_AGO;
    private int highestLeft;
    private double loudness;
    private long lastRightNanos = LONG_AGO;
    private int lowestRight;
    private int highestRight;

    private int classes;
    private long changeNanos = LONG_AGO;
    private long beforeNanos = LONG_AGO;

    private final RecentNotes notes = new RecentNotes(RECENT_NANOS);
    private long startNanos;
    private long breathNanos;

    Lead(Dials dials, Pulse pulse, Chords chords) {
        this.dials = dials;
        this.pulse = pulse;
        this.chords = chords;
        forget();
    }

    /** Nobody has played. */
    void forget() {
        strikes = 0;
        lastLeftNanos = LONG_AGO;
        strikeNanos = LONG_AGO;
        lastRightNanos = LONG_AGO;
        changeNanos = LONG_AGO;
        beforeNanos = LONG_AGO;
        classes = 0;
        highestLeft = 0;
        loudness = 0;
    }

    /** The line is over: it begins again with what the left hand plays from now on. */
    void ended() {
        strikes = 0;
    }

    /** The human begins a note, which the chords know. */
    void hear(int pitch, int velocity, long nanos) {
        if (!chords.split().isLeft(pitch)) {
            boolean alone = nanos - lastRightNanos >= RIGHT_NANOS;
            lowestRight = alone ? pitch : Math.min(pitch, lowestRight);
            highestRight = alone ? pitch : Math.max(pitch, highestRight);
            lastRightNanos = nanos;
            return;
        }
        if (nanos - lastLeftNanos >= STRIKE_NANOS) {
            strikes++;
            strikeNanos = nanos;
            highestLeft = pitch;
            loudness = velocity;
        }
        highestLeft = Math.max(highestLeft, pitch);
        loudness = Math.max(loudness, velocity);
        lastLeftNanos = nanos;
        if (chords.classes() != classes) {
            classes = chords.classes();
            if (strikeNanos != changeNanos) {
                beforeNanos = changeNanos;
                changeNanos = strikeNanos;
            }
        }
    }

    /** True if the left hand has led for long enough. */
    boolean mayBegin() {
        return strikes >= FIRST_STRIKES;
    }

    /** When the left hand began to strike last. */
    long strikeNanos() {
        return strikeNanos;
    }

    /** The highest note of the left hand's last strike. */
    int highestLeft() {
        return highestLeft;
    }

    /** The velocity of the loudest. */
    double loudness() {
        return loudness;
    }

    /** True if the right hand plays at this time. */
    boolean isBesideRight(long nanos) {
        return nanos - lastRightNanos < RIGHT_NANOS;
    }

    int lowestRight() {
        return lowestRight;
    }

    int highestRight() {
        return highestRight;
    }

    /** True if the left hand is likely to change its chord at this time: with a bar, or as regularly as before. */
    boolean expectsChange(long nanos) {
        if (!pulse.isSure()) {
            return false;
        }
        double beat = pulse.beatPeriodNanos();
        if (pulse.knowsBars()) {
            double bar = beat * dials.beatsPerBar();
            if (Math.abs(Math.IEEEremainder(nanos - pulse.barNanos(), bar)) < SAME * beat) {
                return true;
            }
        }
        if (beforeNanos == LONG_AGO) {
            // What has not changed yet may with any beat.
            return Pulse.isOnBeat((double) nanos, pulse.beatNanos(), beat);
        }
        double span = Math.max(1, Math.rint((changeNanos - beforeNanos) / beat)) * beat;
        double since = nanos - changeNanos;
        return since > beat / 2 && Math.abs(Math.IEEEremainder(since, span)) < SAME * beat;
    }

    /** No note of the line begins before, because it breathes. */
    long breathNanos() {
        return breathNanos;
    }

    /** When the line ends for want of a lead. */
    long overNanos() {
        long span = pulse.isSure() ? (long) (OVER_BEATS * pulse.beatPeriodNanos()) : OVER_NANOS;
        return lastLeftNanos + Math.max(span, OVER_NANOS / 2);
    }

    private double notesPerSecond(long nanos) {
        double pace = pulse.isSure()
                ? Math.min(FASTEST, NOTES_PER_BEAT * NANOS_PER_SECOND / pulse.beatPeriodNanos())
                : NOTES_PER_SECOND;
        return pace * dials.density() * (isBesideRight(nanos) ? BESIDE : 1);
    }

    @Override
    public void restart(long nanos) {
        notes.restart(nanos);
        startNanos = nanos;
        breathNanos = LONG_AGO;
    }

    @Override
    public void noteSent(long nanos) {
        notes.add(nanos);
        double beat = pulse.isSure() ? pulse.beatPeriodNanos() : NANOS_PER_SECOND / NOTES_PER_SECOND;
        if (nanos - startNanos > BREATH_AFTER_BEATS * beat) {
            startNanos = nanos + (long) ((BREATH_BEATS + 1) * beat);
            breathNanos = startNanos;
        }
    }

    @Override
    public long maxNoteNanos() {
        return pulse.isSure()
                ? Math.min(LONGEST_NOTE_NANOS, (long) (LONGEST_NOTE_BEATS * pulse.beatPeriodNanos()))
                : LONGEST_NOTE_NANOS;
    }

    @Override
    public int maxPolyphony() {
        return 1;
    }

    @Override
    public double patience(long nanos) {
        double expected = notesPerSecond(nanos) * RECENT_NANOS / NANOS_PER_SECOND;
        return Math.clamp(PULL * notes.ahead(expected, SLACK_NOTES, nanos), MIN_PATIENCE, MAX_PATIENCE);
    }

    @Override
    public boolean isOver(long nanos) {
        return nanos > overNanos();
    }

    @Override
    public long maxGapNanos(int sounding, long nanos) {
        return LONGEST_GAP_NANOS;
    }

    /** As loud as the left hand, but for a little. */
    int loudestBin() {
        return Vocabulary.velocityBin((int) Math.max(1, loudness));
    }
}
