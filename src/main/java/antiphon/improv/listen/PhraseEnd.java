package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * How long a silence must last before a line that was just played counts as finished: the shorter, the more it sounds so.
 *
 * <p>A silence within a phrase is over sooner than one between two phrases, so the longer it lasts, the likelier is the
 * end: a logistic hazard model, as in the prediction of turn ends in speech (Raux and Eskenazi: A Finite-State
 * Turn-Taking Model for Spoken Dialog Systems, 2009). The log-odds of the end are a sum of the logarithms of the
 * silence so far, of the usual gap between onsets, of the last note's length, of the notes so far, and of the time so far.
 * Solved for the silence at which the odds suffice, that is a product of powers. Its numbers were fitted to 3,062 silences
 * within and after the marked phrases of the 51 jazz solos of the valid side (Weimar Jazz Database); {@code antiphon eval
 * --turns} judges it by other players. Pure.
 */
@HotPath
final class PhraseEnd {
    /** The log-odds that suffice, 2.5, and what the model has without a feature. */
    private static final double CONSTANT = -0.685;

    private static final double USUAL_GAP = 0.178;
    private static final double LAST_NOTE = -0.457;
    private static final double NOTES = -0.428;
    private static final double TIME = 0.288;

    private static final double SECOND = 1e9;
    private static final double SHORTEST_NOTE_SECONDS = 0.02;
    private static final double SHORTEST_GAP_SECONDS = 0.05;
    private static final double SHORTEST_PHRASE_SECONDS = 0.1;

    /** Nobody is answered sooner: that is how long people take to see that another has finished. */
    private static final double SHORTEST_SECONDS = 0.2;

    /** Nor before the next note would have been late. */
    private static final double GAPS = 1.25;

    /** The rest for which the numbers were fitted; for another the silence is longer in proportion, but never shorter. */
    private static final double USUAL_REST_NANOS = 700e6;

    private PhraseEnd() {}

    /**
     * The silence that suffices.
     *
     * @param usualGapNanos between the last onsets, the median
     * @param lastNoteNanos from the last onset until the last key went up
     * @param notes in the phrase, at least one
     * @param phraseNanos how long it has lasted
     * @param restNanos the silence that is asked for where nothing sounds finished
     */
    static long silenceNanos(long usualGapNanos, long lastNoteNanos, int notes, long phraseNanos, long restNanos) {
        double gap = Math.max(SHORTEST_GAP_SECONDS, usualGapNanos / SECOND);
        double sum = CONSTANT
                + USUAL_GAP * StrictMath.log(gap)
                + LAST_NOTE * StrictMath.log(Math.max(SHORTEST_NOTE_SECONDS, lastNoteNanos / SECOND))
                + NOTES * StrictMath.log(notes)
                + TIME * StrictMath.log(Math.max(SHORTEST_PHRASE_SECONDS, phraseNanos / SECOND));
        double seconds = Math.max(StrictMath.exp(sum), Math.max(SHORTEST_SECONDS, GAPS * gap));
        return (long) (seconds * SECOND * Math.max(1, restNanos / USUAL_REST_NANOS));
    }
}
