package antiphon.improv.listen;

import antiphon.HotPath;

/** The beat that the human taps: a straight line through the last taps, which are a beat apart. Allocates nothing. */
@HotPath
final class Taps {
    private static final long MILLI = 1_000_000L;
    private static final int MAX_TAPS = 8;

    /** So many make a tempo. */
    private static final int MIN_TAPS = 3;

    /** Two taps nearer than this are one: 300 quarters a minute is the fastest. */
    private static final long BOUNCE_NANOS = 150 * MILLI;

    /** After so long a gap tapping begins anew. */
    private static final long LONGEST_GAP_NANOS = 2_500 * MILLI;

    /** A tap that is further off, in beats, begins another tempo. */
    private static final double OFF = 0.25;

    private final long[] nanos = new long[MAX_TAPS];
    private final Line line = new Line();
    private int count;
    private double periodNanos;
    private double beatNanos; // from the last tap on

    void forget() {
        count = 0;
    }

    void tap(long atNanos) {
        long gap = count == 0 ? 0 : atNanos - nanos[count - 1];
        if (count > 0 && gap < BOUNCE_NANOS) {
            return;
        }
        if (gap > LONGEST_GAP_NANOS) {
            count = 0;
        } else if (count >= 2 && Math.abs(gap / periodNanos - 1) > OFF) {
            nanos[0] = nanos[count - 1];
            count = 1;
        }
        if (count == MAX_TAPS) {
            System.arraycopy(nanos, 1, nanos, 0, MAX_TAPS - 1);
            count--;
        }
        nanos[count++] = atNanos;
        draw();
    }

    private void draw() {
        line.clear();
        for (int i = 0; i < count; i++) {
            line.add(i - (count - 1), (double) (nanos[i] - nanos[count - 1]));
        }
        double slope = line.slope();
        if (!Double.isNaN(slope)) {
            periodNanos = slope;
            beatNanos = line.start(slope);
        }
    }

    /** True if enough was tapped to know the tempo. */
    boolean isKnown() {
        return count >= MIN_TAPS;
    }

    /** From one beat to the next. Only if {@link #isKnown}. */
    double periodNanos() {
        return periodNanos;
    }

    /** When one of the beats was. Only if {@link #isKnown}. */
    double beatNanos() {
        return nanos[count - 1] + beatNanos;
    }

    /** When the last tap was. Only if {@link #isKnown}. */
    long lastNanos() {
        return nanos[count - 1];
    }

    /** Becomes the same as another. */
    void copyFrom(Taps other) {
        System.arraycopy(other.nanos, 0, nanos, 0, MAX_TAPS);
        count = other.count;
        periodNanos = other.periodNanos;
        beatNanos = other.beatNanos;
    }
}
