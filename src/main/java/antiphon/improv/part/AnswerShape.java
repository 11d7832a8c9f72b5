package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Dials;
import antiphon.improv.listen.Phrase;

/**
 * How long and how dense an answer is to be, and how many notes it may hold at once: taken from the call it answers, so
 * that a short call gets a short answer and a busy one a busy one. One thread; allocates nothing.
 */
@HotPath
final class AnswerShape implements Shape {
    private static final long MILLI = 1_000_000L;
    private static final long MIN_NANOS = 1_500 * MILLI;
    private static final int MIN_NOTES = 4;
    private static final int FURTHER_VOICES = 1;

    /** How strongly the answer's density is pulled to the call's, and within which bounds. */
    private static final double DENSITY_PULL = 1.5;

    private static final double MAX_PATIENCE = 1.5;
    private static final double MIN_PATIENCE = -0.5;

    /** The answer may be ahead of the call's density by this many notes: a chord or a run does not slow it down. */
    private static final double SLACK_NOTES = 3;

    /** The same for a call of so few notes that its density says little: its pace counts, within these bounds. */
    private static final double SLACK_NOTES_SHORT = 1;

    private static final long FASTEST_PACE_SHORT_NANOS = 250 * MILLI;
    private static final long SLOWEST_PACE_SHORT_NANOS = 1_000 * MILLI;
    private static final double MAX_PATIENCE_SHORT = 3;

    /** So long before the longest answer is over no note begins any more, so that the last ones can end in peace. */
    private static final long SHORTEST_ENDING_NANOS = 400 * MILLI;

    private static final long LONGEST_ENDING_NANOS = 1_000 * MILLI;

    /** Where nothing was heard: notes a nanosecond that nearly all music lies between, pulled to where it does not. */
    private static final double SPARSEST = 6 / 1e9;

    private static final double DENSEST = 13 / 1e9;
    private static final double PULL_UNHEARD = 5;
    private static final double SLACK_NOTES_UNHEARD = 1;
    private static final double MIN_PATIENCE_UNHEARD = -5;

    /** Notes longer ago than this hardly count for the density then. */
    private static final double RECENT_NANOS = 6e9;

    private static final double SHARE_OF_NOTES = 0.5;
    private static final double MIN_SHARE_OF_TIME = 0.6;

    /** An answer ends at the latest at this multiple of its intended length. */
    private static final double OVERTIME = 1.5;

    /** How much is added to the logit of the end when an answer is twice as long as intended. */
    private static final double PULL = 8;

    private static final long DEFAULT_PACE_NANOS = 400 * MILLI;
    private static final long LONGEST_WAIT_NANOS = 600 * MILLI;
    private static final long LONGEST_REST_NANOS = 1_500 * MILLI;
    private static final long LONGEST_NOTE_GAP_NANOS = 2_500 * MILLI;

    private static final double LONGER_NOTES = 1.5;
    private static final long MIN_LONGEST_NOTE_NANOS = 1_000 * MILLI;
    private static final long LONGEST_NOTE_NANOS = 6_000 * MILLI;

    /** How long each last note may still ring after the answer's time is over. */
    private static final long LAST_RING_NANOS = 400 * MILLI;

    private boolean endless;

    /** It goes on from nothing: no note of the human's says how dense. */
    private boolean unheard;

    /** Its call has too few notes to say how dense. */
    private boolean isShort;

    private int minNotes;
    private long startNanos;
    private long intendedNanos;
    private long maxNanos;
    private long paceNanos;
    private double notesPerNano;
    private int maxPolyphony;
    private long maxNoteNanos;
    private int notes;

    private final RecentNotes recentNotes = new RecentNotes(RECENT_NANOS);

    /**
     * Derives the shape from a call; {@link #restart} must follow.
     *
     * @param answerEndless goes on until the human plays
     * @param length of the answer relative to the call
     * @param longestNanos the longest answer; {@link Long#MAX_VALUE} for no limit
     */
    void measure(Phrase call, Dials dials, boolean answerEndless, double length, long longestNanos) {
        endless = answerEndless;
        unheard = endless && call.notes() == 0;
        minNotes = Math.max(MIN_NOTES, (int) Math.round(call.notes() * length * SHARE_OF_NOTES));
        long wished = (long) (call.durationNanos() * length);
        intendedNanos = Math.min(Math.max(wished, MIN_NANOS), longestNanos);
        maxNanos = endless ? longestNanos : Math.min((long) (intendedNanos * OVERTIME), longestNanos);
        paceNanos = call.medianGapNanos(DEFAULT_PACE_NANOS);
        boolean heard = call.notes() > 0 && call.durationNanos() > 0;
        isShort = heard && call.notes() < MIN_NOTES;
        notesPerNano = heard ? notesPerNano(call) * dials.density() : 0;
        maxPolyphony = heard ? Math.min(dials.maxPolyphony(), call.polyphony() + FURTHER_VOICES) : dials.maxPolyphony();
        long wishedNote = (long) (LONGER_NOTES * call.longestNoteNanos());
        maxNoteNanos =
                heard ? Math.min(LONGEST_NOTE_NANOS, Math.max(MIN_LONGEST_NOTE_NANOS, wishedNote)) : LONGEST_NOTE_NANOS;
    }

    private double notesPerNano(Phrase call) {
        return isShort
                ? 1.0 / Math.clamp(paceNanos, FASTEST_PACE_SHORT_NANOS, SLOWEST_PACE_SHORT_NANOS)
                : (double) call.notes() / call.durationNanos();
    }

    @Override
    public void entered(long nanos) {
        restart(nanos);
    }

    @Override
    public void restart(long nanos) {
        startNanos = nanos;
        notes = 0;
        recentNotes.restart(nanos);
    }

    /** How long it is meant to be. */
    long intendedNanos() {
        return intendedNanos;
    }

    /** The longest time for which the answer may hold a note: in proportion to the longest note of the call. */
    @Override
    public long maxNoteNanos() {
        return maxNoteNanos;
    }

    /** Voices the answer may use: one more than the call, so that a melody is not answered with thick chords. */
    @Override
    public int maxPolyphony() {
        return maxPolyphony;
    }

    /** As dense as its call. */
    @Override
    public double patience(long nanos) {
        if (notesPerNano == 0) {
            return unheard ? patienceUnheard(nanos) : 0;
        }
        double expected = (nanos - startNanos) * notesPerNano;
        double slack = isShort ? SLACK_NOTES_SHORT : SLACK_NOTES;
        double ratio = (notes + slack) / (Math.max(0, expected) + slack);
        double max = isShort ? MAX_PATIENCE_SHORT : MAX_PATIENCE;
        return Math.clamp(DENSITY_PULL * StrictMath.log(ratio), MIN_PATIENCE, max);
    }

    /** The answer goes on without end, so it is measured by what it has played lately. */
    private double patienceUnheard(long nanos) {
        double recent = recentNotes.at(nanos) + SLACK_NOTES_UNHEARD;
        double spanNanos = recentNotes.spanNanos(startNanos, nanos);
        double least = SPARSEST * spanNanos + SLACK_NOTES_UNHEARD;
        double most = DENSEST * spanNanos + SLACK_NOTES_UNHEARD;
        double bound = recent < least ? least : Math.min(recent, most);
        return Math.clamp(PULL_UNHEARD * StrictMath.log(recent / bound), MIN_PATIENCE_UNHEARD, MAX_PATIENCE);
    }

    @Override
    public void noteSent(long nanos) {
        notes++;
        recentNotes.add(nanos);
    }

    @Override
    public boolean isOver(long nanos) {
        long endingNanos = endless ? 0 : Math.clamp(2 * paceNanos, SHORTEST_ENDING_NANOS, LONGEST_ENDING_NANOS);
        return nanos - startNanos >= maxNanos - endingNanos;
    }

    @Override
    public boolean mayEnd(long nanos) {
        boolean longEnough = nanos - startNanos >= (long) (MIN_SHARE_OF_TIME * intendedNanos);
        return !endless && notes >= minNotes && longEnough;
    }

    /** What is added to the logit of the end: 0 up to the intended length, then more and more. */
    @Override
    public double endBias(long nanos) {
        double over = (double) (nanos - startNanos - intendedNanos) / intendedNanos;
        return endless || over <= 0 ? 0 : PULL * over;
    }

    @Override
    public long maxGapNanos(int sounding, long nanos) {
        if (sounding > 0) {
            // Towards the end the longest gap becomes shorter.
            long leftNanos = Math.max(LAST_RING_NANOS, maxNanos - (nanos - startNanos));
            return Math.min(LONGEST_NOTE_GAP_NANOS, leftNanos);
        }
        return notes == 0
                ? Math.min(Math.max(paceNanos, DEFAULT_PACE_NANOS), LONGEST_WAIT_NANOS)
                : Math.min(Math.max(3 * paceNanos, DEFAULT_PACE_NANOS), LONGEST_REST_NANOS);
    }
}
