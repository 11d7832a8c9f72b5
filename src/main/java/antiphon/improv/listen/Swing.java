package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * Whether onsets divide a beat in two uneven halves, and where the second one begins. Swung eighths lie on a grid of
 * thirds or quarters as well, whose other steps nobody plays, and two places in a beat explain them better than three or
 * four: by how much is weighed as {@link GridFit} weighs grids. One thread; allocates nothing.
 */
@HotPath
final class Swing {
    /** The middle of the beat. */
    static final double STRAIGHT = 0.5;

    /** At three to one the second half of the beat is the last quarter. */
    private static final double LATEST = 0.76;

    /** Nearer to the middle is straight. */
    private static final double EARLIEST = 0.54;

    /** Onsets so near to a beat, in beats, are on it; those in between, before {@link #LATEST}, are off it. */
    private static final double ON_BEAT = 0.17;

    private static final double OFF_BEAT_FROM = 0.42;
    private static final double OFF_BEAT_TO = 0.84;

    /** As many onsets at least must be on the beat, and as many off it. */
    private static final int MIN_EACH = 4;

    /** The same as a share of all. */
    private static final double MIN_SHARE = 0.25;

    /** So many of all must lie near their place: who plays anything else as well has a finer grid. */
    private static final double MIN_NEAR = 0.9;

    private static final int ROUNDS = 3;

    private final Line line = new Line();
    private double periodNanos;
    private double phaseNanos;
    private double place;

    /** Of a beat. */
    double periodNanos() {
        return periodNanos;
    }

    /** When one of the beats is. */
    double phaseNanos() {
        return phaseNanos;
    }

    /** Where in the beat its second half begins, {@value #EARLIEST} to {@value #LATEST}. */
    double place() {
        return place;
    }

    /**
     * Looks where in these beats the onsets lie.
     *
     * @param fixed true if the beats are known, false if they may move a little
     * @return how much likelier an onset is by it than by chance, in nats, on average; negative infinity if the onsets
     *     do not lie in two places
     */
    double find(GridFit grid, double beatPeriodNanos, double beatNanos, boolean fixed) {
        periodNanos = beatPeriodNanos;
        phaseNanos = beatNanos;
        for (int round = 0; round < ROUNDS; round++) {
            if (!findPlace(grid)) {
                return Double.NEGATIVE_INFINITY;
            }
            if (!fixed) {
                refine(grid);
            }
        }
        return place < EARLIEST || place > LATEST || shareNear(grid) < MIN_NEAR ? Double.NEGATIVE_INFINITY : gain(grid);
    }

    /** The mean place of the onsets off the beat; false if there are too few of them, or on the beat. */
    private boolean findPlace(GridFit grid) {
        int on = 0;
        int off = 0;
        double sum = 0;
        for (int i = grid.first(); i < grid.used(); i++) {
            double beats = (grid.at(i) - phaseNanos) / periodNanos;
            double within = beats - Math.floor(beats);
            if (within < ON_BEAT || within > 1 - ON_BEAT) {
                on++;
            } else if (within > OFF_BEAT_FROM && within < OFF_BEAT_TO) {
                off++;
                sum += within;
            }
        }
        place = sum / off;
        return Math.min(on, off) >= Math.max(MIN_EACH, MIN_SHARE * (grid.used() - grid.first()));
    }

    /** The least squares line through the onsets, each at its place. */
    private void refine(GridFit grid) {
        line.clear();
        for (int i = grid.first(); i < grid.used(); i++) {
            double beats = (grid.at(i) - phaseNanos) / periodNanos;
            double nearest = nearest(beats);
            if (Math.abs(beats - nearest) * periodNanos <= GridFit.NEAR_NANOS) {
                line.add(nearest, grid.at(i));
            }
        }
        double slope = line.slope();
        if (line.points() >= GridFit.MIN_ONSETS && !Double.isNaN(slope)) {
            periodNanos = slope;
            phaseNanos = line.start(slope);
        }
    }

    /** The place nearest to this one, in beats. */
    private double nearest(double beats) {
        double whole = Math.floor(beats);
        double within = beats - whole;
        if (within < place / 2) {
            return whole;
        }
        return within < (1 + place) / 2 ? whole + place : whole + 1;
    }

    private double shareNear(GridFit grid) {
        int near = 0;
        for (int i = grid.first(); i < grid.used(); i++) {
            double beats = (grid.at(i) - phaseNanos) / periodNanos;
            near += Math.abs(beats - nearest(beats)) * periodNanos <= GridFit.NEAR_NANOS ? 1 : 0;
        }
        return (double) near / (grid.used() - grid.first());
    }

    private double gain(GridFit grid) {
        double peak = GridFit.peak(periodNanos / 2);
        double sum = 0;
        for (int i = grid.first(); i < grid.used(); i++) {
            double beats = (grid.at(i) - phaseNanos) / periodNanos;
            sum += StrictMath.log(GridFit.odds((beats - nearest(beats)) * periodNanos, peak));
        }
        return sum / (grid.used() - grid.first());
    }
}
