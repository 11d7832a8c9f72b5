package antiphon.judge;

import java.util.List;

/**
 * What a partner did at one phrase; NaN where that does not apply. Immutable.
 *
 * @param interrupted 1 if a note of the partner's began while the performer was within the phrase, else 0
 * @param late at a phrase that leaves room 1 if the first note came later than one beat after its end or not at all, else 0
 * @param lateTapped likewise, if a beat is what people would tap: {@link PhraseSpan#tappedNanos}
 * @param never likewise, if it did not come at all
 * @param seconds after the phrase's end at which the first note came, where there is room and one came
 * @param beats the same in beats
 */
record PhraseTurn(double interrupted, double late, double lateTapped, double never, double seconds, double beats) {
    /** What was already on its way when the performer began again is no interruption. */
    private static final long COMMITTED_NANOS = 25_000_000L;

    /**
     * At each of these phrases.
     *
     * @param onsets of the partner's notes, ascending
     */
    static List<PhraseTurn> of(List<PhraseSpan> phrases, long[] onsets) {
        return phrases.stream().map(phrase -> of(phrase, onsets)).toList();
    }

    private static PhraseTurn of(PhraseSpan phrase, long[] onsets) {
        long within = first(onsets, phrase.startNanos() + COMMITTED_NANOS);
        long answer = first(onsets, phrase.lastOnsetNanos() + COMMITTED_NANOS);
        double interrupted = within < phrase.lastOnsetNanos() ? 1 : 0;
        if (!phrase.leavesRoom()) {
            return new PhraseTurn(interrupted, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        boolean came = answer < phrase.nextNanos();
        double after = came ? answer - phrase.endNanos() : Double.NaN;
        return new PhraseTurn(
                interrupted,
                came && after <= phrase.beatNanos() ? 0 : 1,
                came && after <= phrase.tappedNanos() ? 0 : 1,
                came ? 0 : 1,
                after / 1e9,
                after / phrase.beatNanos());
    }

    /** The first of these at a time or after it; {@link Long#MAX_VALUE} if there is none. */
    private static long first(long[] onsets, long fromNanos) {
        for (long onset : onsets) {
            if (onset >= fromNanos) {
                return onset;
            }
        }
        return Long.MAX_VALUE;
    }
}
