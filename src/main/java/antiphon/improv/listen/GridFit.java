package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * The grid that some onsets lie on: its period and phase, and how sure it is. Every grid in question is judged by how
 * much likelier it makes the onsets than chance: on the grid, within a spread of {@value #SPREAD_NANOS} ns as of hands,
 * or anywhere. Where the last onsets do not fit an even grid, one that drifts is tried on them. One thread; allocates
 * nothing but itself.
 */
@HotPath
final class GridFit {
    private static final long MILLI = 1_000_000L;

    private static final long SPREAD_NANOS = 18 * MILLI;

    /** One onset in so many lies anywhere. */
    private static final double ANYWHERE = 0.08;

    private static final double SHORTEST_NANOS = 105 * MILLI;
    private static final double LONGEST_NANOS = 1_050 * MILLI;

    /** Grids that are tried, each a little longer than the one before. */
    private static final int PERIODS = 470;

    private static final double LONGER = StrictMath.pow(LONGEST_NANOS / SHORTEST_NANOS, 1.0 / (PERIODS - 1));

    /** Fewer onsets have no grid. */
    static final int MIN_ONSETS = 5;

    /** If less than this share of the onsets of so long lies on an even grid, one that drifts is tried on them. */
    private static final double EVEN = 0.9;

    /** For each drift one grid in so many is tried: few onsets do not tell more of them apart. */
    private static final int COARSE = 6;

    private static final double COARSE_LONGER = StrictMath.pow(LONGER, COARSE);

    /** Onsets that a drift is looked for in. */
    private static final int MAX_RECENT = 24;

    private static final long RECENT_NANOS = 5_000 * MILLI;

    /** The last onsets alone tell where a grid that drifts is now. */
    private static final long NOW_NANOS = 1_800 * MILLI;

    /** Drifts tried, up and down: 2.5 % and 5 % of the tempo a second. */
    private static final int DRIFTS = 2;

    private static final double DRIFT = 0.025 / 1e9;

    /** Nats that the choice among so many drifts is worth. */
    private static final double DRIFT_NATS = 2;

    /**
     * Nats that all onsets together gain by their grid. Random onsets gain 4.5 by the best of all grids, one set in ten 6.5,
     * one in a hundred 9, however many there are.
     */
    private static final double NO_EVIDENCE = 6.5;

    private static final double SURE_EVIDENCE = 10.5;

    /** How many more of the onsets lie near the grid than by chance, of those that chance leaves. */
    private static final double LOOSE = 0.4;

    private static final double TIGHT = 0.7;
    static final double NEAR_NANOS = 35 * MILLI;

    /** Of a Student distribution of three degrees of freedom, its peak being 1. */
    private static final double STUDENT_AREA = Math.PI * 1.7320508075688772 / 2;

    private static final int ANGLES = 1024;
    private static final float[] SINES = new float[ANGLES + ANGLES / 4 + 1];

    static {
        for (int i = 0; i < SINES.length; i++) {
            SINES[i] = (float) StrictMath.sin(2 * Math.PI * i / ANGLES);
        }
    }

    private final double[] times;
    /** The same on a clock on which the grid is even: bent if the tempo drifts. */
    private final double[] at;

    private final Line line = new Line();
    private int used;
    /** The first of those in question: 0, or that of the recent ones. */
    private int from;

    private double periodNanos;
    private double phaseNanos;
    private double bestPeriodNanos;
    private double bestPhaseNanos;
    private double bestDrift;
    private double bestGain;

    private double confidence;
    private boolean drifts;

    GridFit(int maxOnsets) {
        times = new double[maxOnsets];
        at = new double[maxOnsets];
    }

    /** Forgets all onsets. */
    void clear() {
        used = 0;
        from = 0;
    }

    /** Adds an onset, no earlier than the one before. */
    void add(double nanos) {
        times[used] = nanos;
        at[used] = nanos;
        used++;
    }

    /** Onsets added. */
    int used() {
        return used;
    }

    /** True if the grid that was found last is one that drifts: it is right now, and was not before. */
    boolean drifts() {
        return drifts;
    }

    /** The first onset that the grid was fitted to. */
    int first() {
        return from;
    }

    /** Of one step. */
    double periodNanos() {
        return periodNanos;
    }

    /** When one of the steps is. */
    double phaseNanos() {
        return phaseNanos;
    }

    /** Takes a grid that is known. */
    void take(double period, double phase) {
        periodNanos = period;
        phaseNanos = phase;
    }

    /** When an onset is, on a clock on which the grid is even. */
    double at(int onset) {
        return at[onset];
    }

    /** Looks for the grid; how sure it is, from 0 to 1. */
    double find() {
        if (used < MIN_ONSETS) {
            return 0;
        }
        search(1);
        refine();
        confidence = confidence(0);
        tryDrift();
        return confidence;
    }

    /** The best of all grids, or of every second. */
    private void search(int stride) {
        double best = Double.NEGATIVE_INFINITY;
        double period = SHORTEST_NANOS;
        for (int i = 0; i < PERIODS; i += stride) {
            double phase = phase(period);
            double likelihood = likelihood(period, phase);
            if (likelihood > best) {
                best = likelihood;
                periodNanos = period;
                phaseNanos = phase;
            }
            period *= stride == 1 ? LONGER : COARSE_LONGER;
        }
    }

    private double confidence(double cost) {
        double gain = gain(periodNanos, phaseNanos) * (used - from) - cost;
        double evidence = Math.clamp((gain - NO_EVIDENCE) / (SURE_EVIDENCE - NO_EVIDENCE), 0.0, 1.0);
        double tightness = Math.clamp((onGrid() - LOOSE) / (TIGHT - LOOSE), 0.0, 1.0);
        return evidence * tightness;
    }

    /** Takes a grid whose tempo drifts instead of the even one, if it fits the last onsets better and is as sure. */
    private void tryDrift() {
        double evenPeriodNanos = periodNanos;
        double evenPhaseNanos = phaseNanos;
        drifts = false;
        from = Math.max(first(RECENT_NANOS), used - MAX_RECENT);
        if (used - from >= MIN_ONSETS && onGrid() < EVEN && findDrift()) {
            double sure = confidence(DRIFT_NATS);
            if (sure >= confidence) {
                confidence = sure;
                int firstRecent = from;
                from = Math.max(first(NOW_NANOS), from);
                refine();
                from = firstRecent;
                drifts = true;
                return;
            }
        }
        from = 0;
        bend(0);
        periodNanos = evenPeriodNanos;
        phaseNanos = evenPhaseNanos;
    }

    /** The first onset of so long before the last one. */
    private int first(long nanos) {
        int first = 0;
        while (times[first] < times[used - 1] - nanos) {
            first++;
        }
        return first;
    }

    private boolean findDrift() {
        bestDrift = Double.NaN;
        bestGain = gain(periodNanos, phaseNanos) + DRIFT_NATS / (used - from);
        for (int i = -DRIFTS; i <= DRIFTS; i++) {
            bend(i * DRIFT);
            search(COARSE);
            keepIfBest(i * DRIFT);
        }
        if (Double.isNaN(bestDrift)) {
            return false;
        }
        for (double step = DRIFT / 2; step > DRIFT / 16; step /= 2) {
            double middle = bestDrift;
            for (int side = -1; side <= 1; side += 2) {
                periodNanos = bestPeriodNanos;
                phaseNanos = bestPhaseNanos;
                bend(middle + side * step);
                keepIfBest(middle + side * step);
            }
        }
        periodNanos = bestPeriodNanos;
        phaseNanos = bestPhaseNanos;
        bend(bestDrift);
        return true;
    }

    private void keepIfBest(double drift) {
        refine();
        double gain = gain(periodNanos, phaseNanos);
        if (gain > bestGain) {
            bestGain = gain;
            bestPeriodNanos = periodNanos;
            bestPhaseNanos = phaseNanos;
            bestDrift = drift;
        }
    }

    /** Makes a grid even that has drifted so; from the last onset on the tempo stays as it is. */
    private void bend(double drift) {
        for (int i = from; i < used; i++) {
            double before = times[i] - times[used - 1];
            at[i] = times[i] + drift * before * before / 2;
        }
    }

    /** The least squares line through the onsets, each at its nearest step. */
    private void refine() {
        for (int round = 0; round < 3; round++) {
            line.clear();
            for (int i = from; i < used; i++) {
                double k = Math.rint((at[i] - phaseNanos) / periodNanos);
                double off = at[i] - phaseNanos - k * periodNanos;
                if (Math.abs(off) <= 3 * SPREAD_NANOS) {
                    line.add(k, at[i]);
                }
            }
            double slope = line.slope();
            if (line.points() < MIN_ONSETS - 1 || Double.isNaN(slope)) {
                return;
            }
            periodNanos = slope;
            phaseNanos = line.start(slope);
        }
    }

    /** The mean direction of the onsets on a circle of one period. */
    double phase(double period) {
        double x = 0;
        double y = 0;
        double frequency = 1 / period;
        for (int i = from; i < used; i++) {
            double turns = at[i] * frequency;
            int angle = (int) ((turns - Math.floor(turns)) * ANGLES) & (ANGLES - 1);
            x += SINES[angle + ANGLES / 4];
            y += SINES[angle];
        }
        return angle(y, x) / (2 * Math.PI) * period;
    }

    /** The arc tangent of y / x, right to 0.00001 (Abramowitz and Stegun 1964, 4.4.49): two microseconds of a grid. */
    private static double angle(double y, double x) {
        double across = Math.abs(x);
        double up = Math.abs(y);
        double ratio = Math.min(across, up) / Math.max(Double.MIN_NORMAL, Math.max(across, up));
        double square = ratio * ratio;
        double angle = ratio
                * (0.9998660
                        + square * (-0.3302995 + square * (0.1801410 + square * (-0.0851330 + square * 0.0208351))));
        angle = up > across ? Math.PI / 2 - angle : angle;
        angle = x < 0 ? Math.PI - angle : angle;
        return y < 0 ? -angle : angle;
    }

    /** How much likelier an onset is by this grid than by chance, in nats, on average. */
    double gain(double period, double phase) {
        return StrictMath.log(likelihood(period, phase)) / (used - from);
    }

    /**
     * How much likelier all onsets are by this grid than by chance. The spread has the shape of a Student distribution with
     * three degrees of freedom, which needs no exponential; eight onsets share a division. There must be few enough, for
     * their odds are multiplied: 0.08 to 21 each.
     */
    private double likelihood(double period, double phase) {
        double peak = peak(period);
        double frequency = 1 / period;
        double scale = period * period / (3.0 * SPREAD_NANOS * SPREAD_NANOS);
        double product = 1;
        double above = 1;
        double below = 1;
        for (int i = from; i < used; i++) {
            double steps = (at[i] - phase) * frequency;
            double off = steps - Math.rint(steps);
            double spread = 1 + off * off * scale;
            double square = spread * spread;
            above *= peak + ANYWHERE * square;
            below *= square;
            if ((i & 7) == 7) {
                product *= above / below;
                above = 1;
                below = 1;
            }
        }
        return product * (above / below);
    }

    /** How much likelier than by chance an onset is right on a grid of this period. */
    static double peak(double period) {
        return (1 - ANYWHERE) * period / (SPREAD_NANOS * STUDENT_AREA);
    }

    /**
     * The same so much off the grid.
     *
     * @param peak of the grid's period
     */
    static double odds(double offNanos, double peak) {
        double off = offNanos / SPREAD_NANOS;
        double shape = 1 / (1 + off * off / 3);
        return peak * shape * shape + ANYWHERE;
    }

    private double onGrid() {
        int near = 0;
        for (int i = from; i < used; i++) {
            double steps = (at[i] - phaseNanos) / periodNanos;
            near += Math.abs(steps - Math.rint(steps)) * periodNanos <= NEAR_NANOS ? 1 : 0;
        }
        double chance = Math.min(0.9, 2 * NEAR_NANOS / periodNanos);
        return ((double) near / (used - from) - chance) / (1 - chance);
    }
}
