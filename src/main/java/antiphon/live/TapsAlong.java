package antiphon.live;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges how somebody tapped along with clicks: how long after it was sent a click is heard. Knows no time of its own; one
 * thread.
 *
 * <p>A tap comes when people expect the click, not when they hear it: they tap ahead, by 20 to 50 ms where they have no
 * musical training, by less where they have (B. Repp, Sensorimotor synchronization: a review of the tapping literature,
 * Psychonomic Bulletin & Review 12, 2005, 969–992; G. Aschersleben, Temporal control of movements in sensorimotor
 * synchronization, Brain and Cognition 48, 2002, 66–79). So what is measured is the synthesiser's time, and that of the
 * sound through the air, less this lead, plus what the keyboard takes to tell of the key. The lead cannot be known from
 * taps alone; {@value #LEAD_MILLIS} ms, the low end, are added for it. Who taps differently is told what was measured and
 * may leave the result.
 */
final class TapsAlong {
    /** So much ahead of a click that they hear people are taken to tap. */
    static final int LEAD_MILLIS = 20;

    /** Fewer say too little. */
    static final int MIN_TAPS = 8;

    /** More is no steady tapping: people without training have about 4 % of the period, which is 24 ms here. */
    static final int MAX_SPREAD_MILLIS = 25;

    /** What the setting can hold. */
    static final int MAX_OFFSET_MILLIS = 200;

    /** Of a period, how long before its click a tap may come. */
    private static final double EARLIEST = 1.0 / 3;

    /** By which the median of absolute deviations becomes what a standard deviation is, for a normal distribution. */
    private static final double MAD_TO_DEVIATION = 1.4826;

    private static final double NANOS_PER_MILLI = 1e6;

    private final long firstNanos;
    private final long periodNanos;
    private final int ignored;

    /** By click, when it was tapped relative to it; NaN if it was not. */
    private final double[] millis;

    /**
     * Nothing was tapped yet.
     *
     * @param firstNanos when the first click leaves
     * @param clicks how many there are
     * @param ignored so many at the beginning do not count: who taps must find the beat first
     */
    TapsAlong(long firstNanos, long periodNanos, int clicks, int ignored) {
        this.firstNanos = firstNanos;
        this.periodNanos = periodNanos;
        this.ignored = ignored;
        millis = new double[clicks];
        Arrays.fill(millis, Double.NaN);
    }

    /** When a click leaves, from 0. */
    long clickNanos(int click) {
        return firstNanos + click * periodNanos;
    }

    /** Something was tapped then. Of several taps for one click the first counts. */
    void tap(long nanos) {
        long click = Math.floorDiv(nanos - firstNanos + (long) (EARLIEST * periodNanos), periodNanos);
        if (click >= 0 && click < millis.length && Double.isNaN(millis[(int) click])) {
            millis[(int) click] = (nanos - clickNanos((int) click)) / NANOS_PER_MILLI;
        }
    }

    private double[] counted() {
        return Arrays.stream(millis, ignored, millis.length)
                .filter(each -> !Double.isNaN(each))
                .sorted()
                .toArray();
    }

    /** Clicks that were tapped, of those that count. */
    int taps() {
        return counted().length;
    }

    /**
     * What comes of it.
     *
     * @param taps that count
     * @param medianMillis of the taps, relative to when the clicks left
     * @param spreadMillis robust: what their standard deviation is if there are no outliers
     */
    record Judged(int taps, double medianMillis, double spreadMillis) {
        /** What {@code midi.out.offset-ms} should be; empty if that cannot be said. */
        Optional<Integer> offsetMillis() {
            long offset = Math.max(0, Math.round(medianMillis + LEAD_MILLIS));
            boolean sure = taps >= MIN_TAPS && spreadMillis <= MAX_SPREAD_MILLIS && offset <= MAX_OFFSET_MILLIS;
            return sure ? Optional.of((int) offset) : Optional.empty();
        }

        /** The same for people. */
        String line() {
            if (taps < MIN_TAPS) {
                return "You tapped " + taps + " of the clicks; needed: " + MIN_TAPS + ". Begin again.";
            }
            String measured = String.format(
                    Locale.ROOT,
                    "Your taps came %.0f ms after the clicks were sent, give or take %.0f ms",
                    medianMillis,
                    spreadMillis);
            if (spreadMillis > MAX_SPREAD_MILLIS) {
                return measured + "; at most " + MAX_SPREAD_MILLIS
                        + " ms are allowed. Tap more evenly, and begin again.";
            }
            if (medianMillis + LEAD_MILLIS > MAX_OFFSET_MILLIS) {
                return measured + "; with " + MAX_OFFSET_MILLIS
                        + " ms or more no synthesiser can play in time. Choose one without a radio link.";
            }
            return measured + ". People tap 20 to 50 ms before a click that they hear, so " + LEAD_MILLIS
                    + " ms are added: midi.out.offset-ms = "
                    + offsetMillis().orElseThrow()
                    + ". If you are sure to tap late or early, leave it and set what you hear.";
        }
    }

    Judged judged() {
        double[] counted = counted();
        double median = median(counted);
        double[] deviations = Arrays.stream(counted)
                .map(each -> Math.abs(each - median))
                .sorted()
                .toArray();
        return new Judged(counted.length, median, MAD_TO_DEVIATION * median(deviations));
    }

    /** 0 if there are none. */
    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length == 0 ? 0 : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
