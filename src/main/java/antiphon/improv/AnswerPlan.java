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
    private static final double SHARE_OF_NOTES = 0.75;

    /** An answer is brought to its end at the latest at this multiple of its intended length. */
    private static final double OVERTIME = 1.5;

    /** How strongly the end is favoured by the time an answer is over its intended length by all of it. */
    private static final double PULL = 8;

    private static final long DEFAULT_PACE_NANOS = 400 * MILLI;
    private static final long LONGEST_WAIT_NANOS = 600 * MILLI;
    private static final long LONGEST_REST_NANOS = 1_500 * MILLI;
    private static final long LONGEST_NOTE_GAP_NANOS = 2_500 * MILLI;

    private boolean endless;
    private int leastNotes;
    private long startNanos;
    private long intendedNanos;
    private long mostNanos;
    private long paceNanos;
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
    }

    void noteSent() {
        notes++;
    }

    /** True once nothing new may begin. */
    boolean isOver(long nanos) {
        return nanos - startNanos >= mostNanos;
    }

    /** True if the network may end the phrase here. */
    boolean mayEnd() {
        return !endless && notes >= leastNotes;
    }

    /** What is added to the logit of the end: nothing until the intended length, then ever more. */
    double endBias(long nanos) {
        double over = (double) (nanos - startNanos - intendedNanos) / intendedNanos;
        return endless || over <= 0 ? 0 : PULL * over;
    }

    /** The longest gap before the answer's next event. */
    long mostGapNanos(int sounding) {
        if (sounding > 0) {
            return LONGEST_NOTE_GAP_NANOS;
        }
        return notes == 0
                ? Math.min(Math.max(paceNanos, DEFAULT_PACE_NANOS), LONGEST_WAIT_NANOS)
                : Math.min(Math.max(3 * paceNanos, DEFAULT_PACE_NANOS), LONGEST_REST_NANOS);
    }
}
