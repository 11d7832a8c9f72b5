package antiphon.music;

/**
 * The values an {@link Event}'s fields can take and what they mean in time and touch.
 *
 * <p>Time has {@value #TIME_BINS} bins: 0, 10, … 200 ms, then 61 bins of equal ratio (about 5 %) up to 4 s. The
 * last one belongs to {@link Event#TICK} alone: four seconds in which nothing happened. Velocity has
 * {@value #VELOCITY_BINS} bins of four. Pitch and velocity have one more input value, "none", for events without
 * them. All methods are pure and safe for any thread.
 */
public final class Vocabulary {
    public static final int KINDS = 7;
    public static final int TIME_BINS = 82;
    public static final int PITCHES = 128;
    public static final int VELOCITY_BINS = 32;

    /** Pitch of an event that has none (phrase end, tick, start). */
    public static final int NO_PITCH = PITCHES;

    /** Velocity bin of an event that has none (all but note-ons). */
    public static final int NO_VELOCITY = VELOCITY_BINS;

    /** The bin of {@link Event#TICK}: 4 s. */
    public static final int TICK_BIN = TIME_BINS - 1;

    /** Number of fields of an event. */
    public static final int FIELDS = 4;

    private static final int LINEAR_BINS = 21;
    private static final long LINEAR_STEP_NANOS = 10_000_000L;
    private static final long LOG_START_NANOS = 200_000_000L;
    private static final double LOG_SPAN = 20;

    private static final int[] FIELD_SIZES = {KINDS, TIME_BINS, PITCHES + 1, VELOCITY_BINS + 1};
    private static final String[] FIELD_NAMES = {"kind", "time", "pitch", "velocity"};
    private static final long[] TIME_NANOS = timeTable();

    private Vocabulary() {}

    /** Number of values of a field, "none" included; fields in the order kind, time, pitch, velocity. */
    public static int fieldSize(int field) {
        return FIELD_SIZES[field];
    }

    /** The name of a field in model files and reports. */
    public static String fieldName(int field) {
        return FIELD_NAMES[field];
    }

    /** The bin nearest to a gap; gaps below 0 count as 0, gaps above 4 s as 4 s. */
    public static int timeBin(long gapNanos) {
        if (gapNanos <= 0) {
            return 0;
        }
        int low = 0;
        int high = TICK_BIN;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upperEdgeNanos(middle) > gapNanos) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The gap a bin stands for, in nanoseconds. */
    public static long timeNanos(int bin) {
        return TIME_NANOS[bin];
    }

    /** First gap, in nanoseconds, that belongs to the next bin; {@link Long#MAX_VALUE} for the last. */
    public static long upperEdgeNanos(int bin) {
        return bin == TICK_BIN ? Long.MAX_VALUE : (TIME_NANOS[bin] + TIME_NANOS[bin + 1]) / 2;
    }

    /** Width of a bin in nanoseconds: what its gaps can differ by. */
    public static long widthNanos(int bin) {
        if (bin < LINEAR_BINS - 1) {
            return LINEAR_STEP_NANOS;
        }
        return bin == TICK_BIN ? TIME_NANOS[bin] - TIME_NANOS[bin - 1] : upperEdgeNanos(bin) - upperEdgeNanos(bin - 1);
    }

    /** The bin of a velocity 1–127. */
    public static int velocityBin(int velocity) {
        return velocity >> 2;
    }

    /** The velocity in the middle of a bin. */
    public static int velocity(int bin) {
        return bin * 4 + 2;
    }

    private static long[] timeTable() {
        long[] nanos = new long[TIME_BINS];
        for (int bin = 0; bin < TIME_BINS; bin++) {
            double steps = (double) (bin - LINEAR_BINS + 1) / (TIME_BINS - LINEAR_BINS);
            nanos[bin] = bin < LINEAR_BINS
                    ? bin * LINEAR_STEP_NANOS
                    // Whole microseconds, so that the table is the same whatever Math.pow's last bit is.
                    : Math.round(LOG_START_NANOS / 1_000 * Math.pow(LOG_SPAN, steps)) * 1_000;
        }
        return nanos;
    }
}
