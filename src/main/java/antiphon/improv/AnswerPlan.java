package antiphon.improv;

import antiphon.HotPath;

/**
 * How long an answer shall be: drawn from the call it answers, so that a short call gets a short answer and a busy
 * one a busy one. One thread; allocates nothing.
 */
@HotPath
final class AnswerPlan {
    private static final long MILLI = 1_000_000L;
    private static final long LEAST_NANOS = 1_500 * MILLI;
    private static final int LEAST_NOTES = 4;
    private static final int FURTHER_VOICES = 1;

    /** How strongly the call's density pulls, and within which bounds. */
    private static final double DENSITY_PULL = 1.5;

    private static final double MOST_PATIENCE = 1.5;
    private static final double LEAST_PATIENCE = -0.5;

    /** A chord or a run of this many notes is no reason to slow down. */
    private static final double SLACK_NOTES = 3;

    private static final double SHARE_OF_NOTES = 0.5;
    private static final double LEAST_SHARE_OF_TIME = 0.6;

    /** An answer is brought to its end at the latest at this multiple of its intended length. */
    private static final double OVERTIME = 1.5;

    /** How strongly the end is favoured by the time an answer is over its intended length by all of it. */
    private static final double PULL = 8;

    private static final long DEFAULT_PACE_NANOS = 400 * MILLI;
    private static final long LONGEST_WAIT_NANOS = 600 * MILLI;
    private static final long LONGEST_REST_NANOS = 1_500 * MILLI;
    private static final long LONGEST_NOTE_GAP_NANOS = 2_500 * MILLI;

    private static final double LONGER_NOTES = 1.5;
    private static final long LEAST_LONGEST_NOTE_NANOS = 1_000 * MILLI;
    private static final long LONGEST_NOTE_NANOS = 6_000 * MILLI;

    /** How long each last note may still ring after the answer's time is over. */
    private static final long LAST_RING_NANOS = 400 * MILLI;

    private boolean endless;
    private int leastNotes;
    private long startNanos;
    private long intendedNanos;
    private long mostNanos;
    private long paceNanos;
    private double notesPerNano;
    private int mostPolyphony;
    private long mostNoteNanos;
    private int notes;

    /** Plans the answer to a call that begins now. */
    void begin(Call call, Settings settings, long nanos) {
        endless = settings.mode() == Mode.CONTINUE;
        startNanos = nanos;
        notes = 0;
        leastNotes = Math.max(LEAST_NOTES, (int) Math.round(call.notes() * settings.lengthRatio() * SHARE_OF_NOTES));
        long wished = (long) (call.durationNanos() * settings.lengthRatio());
        intendedNanos = Math.min(Math.max(wished, LEAST_NANOS), settings.mostAnswerNanos());
        mostNanos = endless
                ? settings.mostAnswerNanos()
                : Math.min((long) (intendedNanos * OVERTIME), settings.mostAnswerNanos());
        paceNanos = call.medianGapNanos(DEFAULT_PACE_NANOS);
        boolean heard = call.notes() >= LEAST_NOTES && call.durationNanos() > 0;
        notesPerNano = heard ? (double) call.notes() / call.durationNanos() : 0;
        mostPolyphony = heard
                ? Math.min(settings.mostPolyphony(), call.polyphony() + FURTHER_VOICES)
                : settings.mostPolyphony();
        long wishedNote = (long) (LONGER_NOTES * call.longestNoteNanos());
        mostNoteNanos = heard
                ? Math.min(LONGEST_NOTE_NANOS, Math.max(LEAST_LONGEST_NOTE_NANOS, wishedNote))
                : LONGEST_NOTE_NANOS;
    }

    /** The longest note the answer may hold: in proportion to the longest of the call. */
    long mostNoteNanos() {
        return mostNoteNanos;
    }

    /** Voices the answer may use: one more than the call, so that a melody is not answered by a wall of chords. */
    int mostPolyphony() {
        return mostPolyphony;
    }

    /**
     * What makes the answer as dense as its call: above 0 when it has played more notes than the call had in the same
     * time, below 0 when fewer. For {@link Prediction#setPatience}.
     */
    double patience(long nanos) {
        if (notesPerNano == 0) {
            return 0;
        }
        double expected = (nanos - startNanos) * notesPerNano;
        double ratio = (notes + SLACK_NOTES) / (Math.max(0, expected) + SLACK_NOTES);
        return Math.min(MOST_PATIENCE, Math.max(LEAST_PATIENCE, DENSITY_PULL * StrictMath.log(ratio)));
    }

    void noteSent() {
        notes++;
    }

    /** True once nothing new may begin. */
    boolean isOver(long nanos) {
        return nanos - startNanos >= mostNanos;
    }

    /** True if the network may end the phrase here. */
    boolean mayEnd(long nanos) {
        boolean longEnough = nanos - startNanos >= (long) (LEAST_SHARE_OF_TIME * intendedNanos);
        return !endless && notes >= leastNotes && longEnough;
    }

    /** What is added to the logit of the end: nothing until the intended length, then ever more. */
    double endBias(long nanos) {
        double over = (double) (nanos - startNanos - intendedNanos) / intendedNanos;
        return endless || over <= 0 ? 0 : PULL * over;
    }

    /** The longest gap before the answer's next event. */
    long mostGapNanos(int sounding, long nanos) {
        if (sounding > 0) {
            // Towards the end there is less and less time left to wait for.
            long leftNanos = Math.max(LAST_RING_NANOS, mostNanos - (nanos - startNanos));
            return Math.min(LONGEST_NOTE_GAP_NANOS, leftNanos);
        }
        return notes == 0
                ? Math.min(Math.max(paceNanos, DEFAULT_PACE_NANOS), LONGEST_WAIT_NANOS)
                : Math.min(Math.max(3 * paceNanos, DEFAULT_PACE_NANOS), LONGEST_REST_NANOS);
    }
}
