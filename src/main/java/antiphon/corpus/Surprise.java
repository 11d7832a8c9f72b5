package antiphon.corpus;

import antiphon.music.Event;
import antiphon.music.Vocabulary;

/**
 * How many bits an event costs a model that predicted it; a {@link Score} is the sum of these. Pure.
 *
 * <p>The negative log-probability of every field that the event has, each among the real values only. Time is counted
 * on a grid of 10 ms, so that vocabularies with other time bins can be compared: a wider bin says less, and costs
 * log2(width / 10 ms) more.
 */
public final class Surprise {
    private static final double GRID_NANOS = 10e6;
    private static final double LN_2 = Math.log(2);

    private Surprise() {}

    /**
     * -log2 of a value's probability.
     *
     * @param logits of all values, not normalised
     * @param size how many of them count, from the first on: see {@link Event#realValues}
     */
    public static double bits(float[] logits, int size, int value) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp(logits[i] - highest);
        }
        return (Math.log(sum) + highest - logits[value]) / LN_2;
    }

    /** The bits that an event's time bin does not say on the grid; a tick's time is exact. */
    public static double gridBits(int event) {
        int bin = Event.timeBin(event);
        return bin == Vocabulary.TICK_BIN ? 0 : Math.max(0, Math.log(Vocabulary.widthNanos(bin) / GRID_NANOS) / LN_2);
    }
}
