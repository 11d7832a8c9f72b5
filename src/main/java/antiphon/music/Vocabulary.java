package antiphon.music;

import antiphon.HotPath;

/**
 * The values an {@link Event}'s fields can take and what they mean in time and touch.
 *
 * <p>Time has {@value #TIME_BINS} bins: 0, 10, … 200 ms, then 60 bins, each about 5 % wider than the one before, up to
 * 3.9 s. The last one belongs to {@link Event#TICK} alone: four seconds in which nothing happened. Velocity has
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

    /** What a model file says its events are made of; changes with the numbers above. */
    public static final String NAME = "kind7-time82-pitch129-velocity33";

    /** Number of fields of an event. */
    public static final int FIELDS = 4;

    private static final int LINEAR_BINS = 21;
    private static final long LINEAR_STEP_NANOS = 10_000_000L;
    private static final long TICK_START_NANOS = 3_900_000_000L;
    private static final long TICK_NANOS = 4_000_000_000L;

    private static final int[] FIELD_SIZES = {KINDS, TIME_BINS, PITCHES + 1, VELOCITY_BINS + 1};
    private static final String[] FIELD_NAMES = {"kind", "time", "pitch", "velocity"};
    private static final long[] UPPER_EDGE_NANOS = upperEdges();
    private static final long[] TIME_NANOS = middles();

    private Vocabulary() {}

    /** Number of values of a field, "none" included; fields in the order kind, time, pitch, velocity. */
    public static int fieldSize(int field) {
        return FIELD_SIZES[field];
    }

    /** The name of a field in model files and reports. */
    public static String fieldName(int field) {
        return FIELD_NAMES[field];
    }

    /** The bin that a gap lies in; gaps below 0 count as 0, gaps of 3.9 s and more as the last. */
    @HotPath
    public static int timeBin(long gapNanos) {
        int low = 0;
        int high = TICK_BIN;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (UPPER_EDGE_NANOS[middle] > gapNanos) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The gap a bin stands for, its middle, in nanoseconds. */
    @HotPath
    public static long timeNanos(int bin) {
        return TIME_NANOS[bin];
    }

    /** First gap, in nanoseconds, that belongs to the next bin; {@link Long#MAX_VALUE} for the last. */
    @HotPath
    public static long upperEdgeNanos(int bin) {
        return UPPER_EDGE_NANOS[bin];
    }

    /** Width of a bin in nanoseconds; the bin's middle is at most half of this away from any gap in it. */
    public static long widthNanos(int bin) {
        if (bin < LINEAR_BINS) {
            return LINEAR_STEP_NANOS;
        }
        return bin == TICK_BIN
                ? 2 * (TICK_NANOS - TICK_START_NANOS)
                : UPPER_EDGE_NANOS[bin] - UPPER_EDGE_NANOS[bin - 1];
    }

    /** The bin of a velocity 1–127. */
    @HotPath
    public static int velocityBin(int velocity) {
        return velocity >> 2;
    }

    /** The velocity in the middle of a bin. */
    @HotPath
    public static int velocity(int bin) {
        return bin * 4 + 2;
    }

    private static long[] upperEdges() {
        long[] edges = new long[TIME_BINS];
        long firstNanos = (LINEAR_BINS - 1) * LINEAR_STEP_NANOS + LINEAR_STEP_NANOS / 2;
        double ratio = (double) TICK_START_NANOS / firstNanos;
        for (int bin = 0; bin < TICK_BIN; bin++) {
            double share = (double) (bin - LINEAR_BINS + 1) / (TICK_BIN - LINEAR_BINS);
            edges[bin] = bin < LINEAR_BINS
                    ? bin * LINEAR_STEP_NANOS + LINEAR_STEP_NANOS / 2
                    // Rounded to even microseconds, so that the last bit of Math.pow does not matter and the middles
                    // are whole numbers.
                    : Math.round(firstNanos * Math.pow(ratio, share) / 2_000) * 2_000;
        }
        edges[TICK_BIN] = Long.MAX_VALUE;
        return edges;
    }

    private static long[] middles() {
        long[] middles = new long[TIME_BINS];
        for (int bin = 1; bin < TICK_BIN; bin++) {
            middles[bin] = (UPPER_EDGE_NANOS[bin - 1] + UPPER_EDGE_NANOS[bin]) / 2;
        }
        middles[TICK_BIN] = TICK_NANOS;
        return middles;
    }
}
