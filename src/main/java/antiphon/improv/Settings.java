package antiphon.improv;

/**
 * What a player can set. Immutable.
 *
 * @param temperature of every field drawn; above 0
 * @param topP above 0, at most 1
 * @param minP 0 or more, below 1
 * @param restNanos silence that ends the player's phrase, at least; slow playing makes it longer
 * @param lengthRatio length of an answer relative to its call
 * @param mostAnswerNanos longest answer; {@link Long#MAX_VALUE} for no limit
 * @param mostPolyphony notes the answer may hold at once
 * @param commitNanos the commit window: how far ahead an answer can no longer be changed
 * @param leadNanos how far ahead the way out must be told of a message so that it leaves in time; less than the commit
 *     window. In {@link Mode#HARMONY} also how long after the player's note, and after its end, its voice is due
 * @param channel the answer's MIDI channel, 0–15
 * @param memory take up what was played before: see {@link antiphon.model.NeuralCache}
 */
public record Settings(
        Mode mode,
        double temperature,
        double topP,
        double minP,
        long restNanos,
        double lengthRatio,
        long mostAnswerNanos,
        int mostPolyphony,
        long commitNanos,
        long leadNanos,
        int channel,
        boolean memory) {

    private static final long MILLI = 1_000_000L;

    /** Time to decide an event and hand it over. */
    private static final long DECISION_NANOS = 3 * MILLI;

    /** What {@code config/antiphon.toml} ships for call. */
    public static Settings call() {
        return new Settings(Mode.CALL, 0.95, 0.95, 0.02, 700 * MILLI, 1, 20_000 * MILLI, 8, 10 * MILLI, 0, 1, true);
    }

    /** What {@code config/antiphon.toml} ships for continue. */
    public static Settings continuing() {
        return new Settings(Mode.CONTINUE, 0.95, 0.95, 0.02, 350 * MILLI, 1, Long.MAX_VALUE, 8, 10 * MILLI, 0, 1, true);
    }

    /** What {@code config/antiphon.toml} ships for harmony: nothing there waits, so no rest counts. */
    public static Settings harmony() {
        return new Settings(Mode.HARMONY, 0.95, 0.95, 0.02, 350 * MILLI, 1, Long.MAX_VALUE, 8, 10 * MILLI, 0, 1, true);
    }

    /** The same for a way out with this lead: the commit window is widened if it must be. */
    public Settings withLead(long nanos) {
        return new Settings(
                mode,
                temperature,
                topP,
                minP,
                restNanos,
                lengthRatio,
                mostAnswerNanos,
                mostPolyphony,
                Math.max(commitNanos, nanos + DECISION_NANOS),
                nanos,
                channel,
                memory);
    }

    /** The same with another rest. */
    public Settings withRest(long nanos) {
        return new Settings(
                mode,
                temperature,
                topP,
                minP,
                nanos,
                lengthRatio,
                mostAnswerNanos,
                mostPolyphony,
                commitNanos,
                leadNanos,
                channel,
                memory);
    }
}
