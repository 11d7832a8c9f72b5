package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * The grid that the human's onsets lie on: its period and phase, how many of its steps make a beat, and how sure that is.
 * Found anew whenever {@link #find} is called, from the last onsets; without confidence the music is free.
 *
 * <p>Every grid in question is judged by how much likelier it makes the onsets than chance: on the grid, within a
 * spread of {@value #SPREAD_NANOS} ns as of hands, or anywhere. A fine grid fits anything and so explains little; the
 * coarsest that fits wins by itself. Of multiples of that grid, the beat is the one that long notes, chords and low
 * notes lie on, at a tempo that people like (Parncutt 1994; the idea of several hypotheses judged together is Dixon's,
 * 2001). One thread; allocates nothing.
 */
@HotPath
public final class OnsetTracker {
    private static final long MILLI = 1_000_000L;

    /** Onsets kept. */
    private static final int MAX_ONSETS = 64;

    /** Onsets closer than this are one. */
    private static final long CHORD_NANOS = 45 * MILLI;

    /** Older onsets say nothing about the tempo now. */
    private static final long MEMORY_NANOS = 12_000 * MILLI;

    private static final long SPREAD_NANOS = 18 * MILLI;

    /** One onset in so many lies anywhere. */
    private static final double ANYWHERE = 0.08;

    private static final double SHORTEST_NANOS = 105 * MILLI;
    private static final double LONGEST_NANOS = 1_050 * MILLI;

    /** Grids that are tried, each a little longer than the one before. */
    private static final int PERIODS = 470;

    private static final double LONGER = StrictMath.pow(LONGEST_NANOS / SHORTEST_NANOS, 1.0 / (PERIODS - 1));

    private static final int MIN_ONSETS = 5;

    /**
     * Nats that all onsets together gain by their grid. Random onsets gain 4.5 by the best of all grids, one set in ten 6.5,
     * one in a hundred 9, however many there are.
     */
    private static final double NO_EVIDENCE = 6.5;

    private static final double SURE_EVIDENCE = 10.5;

    /** How many more of the onsets lie near the grid than by chance, of those that chance leaves. */
    private static final double LOOSE = 0.4;

    private static final double TIGHT = 0.7;
    private static final double NEAR_NANOS = 35 * MILLI;

    /** Of a Student distribution of three degrees of freedom, its peak being 1. */
    private static final double STUDENT_AREA = Math.PI * 1.7320508075688772 / 2;

    private static final int ANGLES = 1024;
    private static final float[] SINES = new float[ANGLES + ANGLES / 4 + 1];

    static {
        for (int i = 0; i < SINES.length; i++) {
            SINES[i] = (float) StrictMath.sin(2 * Math.PI * i / ANGLES);
        }
    }

    /** After so long a rest a phrase begins, mostly on a beat: that counts as much as so many heavy notes. */
    private static final long REST_NANOS = 1_200 * MILLI;

    private static final double FIRST_WEIGHT = 0.8;

    /** What is left of the odds of a beat that divides in three: most do not. */
    private static final double IN_THREES = 0.75;

    private static final double BEST_BEAT_NANOS = 560 * MILLI;
    private static final double BEAT_WIDTH = 0.55;
    private static final double SHORTEST_BEAT_NANOS = 290 * MILLI;
    private static final double LONGEST_BEAT_NANOS = 1_300 * MILLI;

    private static final int MAX_STEPS = 6;

    /** Nats that all onsets together gain by where they lie in a known tempo, if that is certain. */
    private static final double EVIDENCE_IN_TEMPO = 5;

    private final long[] onsets = new long[MAX_ONSETS];
    private final double[] weights = new double[MAX_ONSETS];
    private final double[] at = new double[MAX_ONSETS];
    private int count;

    private double periodNanos;
    private double phaseNanos; // from originNanos
    private long originNanos;
    private int stepsPerBeat;
    private double beatPhaseNanos;
    private double confidence;

    /** Nothing is known any more. */
    public void forget() {
        count = 0;
        confidence = 0;
    }

    /** The human begins a note. */
    public void hear(int pitch, int velocity, long nanos) {
        int last = (count + MAX_ONSETS - 1) % MAX_ONSETS;
        double weight = 0.6 + velocity / 200.0 + Math.max(0, 60 - pitch) / 60.0;
        if (count > 0 && nanos - onsets[last] < CHORD_NANOS) {
            weights[last] += weight / 2;
            return;
        }
        if (count > 0) {
            // A long note was heavier than a short one.
            weights[last] += Math.min(1, (nanos - onsets[last]) / 1e9);
        }
        boolean first = count == 0 || nanos - onsets[last] > REST_NANOS;
        onsets[count % MAX_ONSETS] = nanos;
        weights[count % MAX_ONSETS] = first ? weight + FIRST_WEIGHT : weight;
        count++;
        if (count >= 2 * MAX_ONSETS) {
            count -= MAX_ONSETS;
        }
    }

    /** Looks for the grid of the last onsets. */
    public void find(long nowNanos) {
        int used = gather(nowNanos);
        confidence = 0;
        if (used < MIN_ONSETS) {
            return;
        }
        double best = Double.NEGATIVE_INFINITY;
        double period = SHORTEST_NANOS;
        for (int i = 0; i < PERIODS; i++) {
            double phase = phase(period, used);
            double gain = gain(period, phase, used);
            if (gain > best) {
                best = gain;
                periodNanos = period;
                phaseNanos = phase;
            }
            period *= LONGER;
        }
        refine(used);
        double gain = gain(periodNanos, phaseNanos, used);
        double evidence = Math.clamp((gain * used - NO_EVIDENCE) / (SURE_EVIDENCE - NO_EVIDENCE), 0.0, 1.0);
        double tightness = Math.clamp((onGrid(used) - LOOSE) / (TIGHT - LOOSE), 0.0, 1.0);
        confidence = evidence * tightness;
        findBeat(used, 1, MAX_STEPS);
    }

    /** Measures the last onsets from now on; how many they are. */
    private int gather(long nowNanos) {
        int size = Math.min(count, MAX_ONSETS);
        originNanos = nowNanos;
        int used = 0;
        for (int i = 0; i < size; i++) {
            int index = (count - size + i) % MAX_ONSETS;
            if (nowNanos - onsets[index] <= MEMORY_NANOS) {
                at[used++] = onsets[index] - nowNanos;
            }
        }
        return used;
    }

    /**
     * Looks for what the onsets divide a beat into whose times are known: halves, thirds or quarters; halves if they do
     * not tell.
     */
    public void findOn(double beatPeriodNanos, double beatNanos, long nowNanos) {
        int used = gather(nowNanos);
        divide(beatPeriodNanos, beatNanos - nowNanos, used);
        beatPhaseNanos = beatNanos - nowNanos;
        confidence = 1;
    }

    /** The same if only the tempo is known: where the beats are, the onsets tell, as surely as they can. */
    public void findOn(double beatPeriodNanos, long nowNanos) {
        int used = gather(nowNanos);
        confidence = 0;
        divide(beatPeriodNanos, Double.NaN, used);
        if (used >= MIN_ONSETS) {
            double evidence = gain(periodNanos, phaseNanos, used) * used / EVIDENCE_IN_TEMPO;
            confidence = Math.clamp(evidence, 0.0, 1.0);
            findBeat(used, stepsPerBeat, stepsPerBeat);
        }
    }

    /** Chooses the steps of a beat; without a phase, each of them where it fits best. */
    private void divide(double beatPeriodNanos, double knownPhaseNanos, int used) {
        double best = Double.NEGATIVE_INFINITY;
        for (int steps = 2; steps <= 4; steps++) {
            double period = beatPeriodNanos / steps;
            double phase = Double.isNaN(knownPhaseNanos) ? phase(period, used) : knownPhaseNanos;
            double gain = used < MIN_ONSETS ? -steps : gain(period, phase, used);
            if (gain > best) {
                best = gain;
                stepsPerBeat = steps;
                periodNanos = period;
                phaseNanos = phase;
            }
        }
    }

    /** The least squares line through the onsets, each at its nearest step. */
    private void refine(int used) {
        for (int round = 0; round < 3; round++) {
            double n = 0;
            double sumK = 0;
            double sumT = 0;
            double sumKk = 0;
            double sumKt = 0;
            for (int i = 0; i < used; i++) {
                double k = Math.rint((at[i] - phaseNanos) / periodNanos);
                double off = at[i] - phaseNanos - k * periodNanos;
                if (Math.abs(off) <= 3 * SPREAD_NANOS) {
                    n++;
                    sumK += k;
                    sumT += at[i];
                    sumKk += k * k;
                    sumKt += k * at[i];
                }
            }
            double spread = n * sumKk - sumK * sumK;
            if (n < MIN_ONSETS - 1 || spread <= 0) {
                return;
            }
            periodNanos = (n * sumKt - sumK * sumT) / spread;
            phaseNanos = (sumT - periodNanos * sumK) / n;
        }
    }

    /** The mean direction of the onsets on a circle of one period. */
    private double phase(double period, int used) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < used; i++) {
            double turns = at[i] / period;
            int angle = (int) ((turns - Math.floor(turns)) * ANGLES) & (ANGLES - 1);
            x += SINES[angle + ANGLES / 4];
            y += SINES[angle];
        }
        return StrictMath.atan2(y, x) / (2 * Math.PI) * period;
    }

    /**
     * How much likelier an onset is by this grid than by chance, in nats, on average. The spread has the shape of a
     * Student distribution with three degrees of freedom, which costs a division where a normal one costs an exponential.
     */
    private double gain(double period, double phase, int used) {
        double peak = (1 - ANYWHERE) * period / (SPREAD_NANOS * STUDENT_AREA);
        double sum = 0;
        double product = 1;
        for (int i = 0; i < used; i++) {
            double steps = (at[i] - phase) / period;
            double off = (steps - Math.rint(steps)) * period / SPREAD_NANOS;
            double shape = 1 / (1 + off * off / 3);
            product *= peak * shape * shape + ANYWHERE;
            if ((i & 7) == 7) {
                sum += StrictMath.log(product);
                product = 1;
            }
        }
        return (sum + StrictMath.log(product)) / used;
    }

    private double onGrid(int used) {
        int near = 0;
        for (int i = 0; i < used; i++) {
            double steps = (at[i] - phaseNanos) / periodNanos;
            near += Math.abs(steps - Math.rint(steps)) * periodNanos <= NEAR_NANOS ? 1 : 0;
        }
        double chance = Math.min(0.9, 2 * NEAR_NANOS / periodNanos);
        return ((double) near / used - chance) / (1 - chance);
    }

    private void findBeat(int used, int minSteps, int maxSteps) {
        double best = Double.NEGATIVE_INFINITY;
        stepsPerBeat = 1;
        beatPhaseNanos = phaseNanos;
        for (int steps = minSteps; steps <= maxSteps; steps++) {
            double beat = steps * periodNanos;
            boolean likely = beat >= SHORTEST_BEAT_NANOS && beat <= LONGEST_BEAT_NANOS;
            if (minSteps < maxSteps && (steps == 5 || !likely)) {
                continue;
            }
            double tempo = StrictMath.log(beat / BEST_BEAT_NANOS) / BEAT_WIDTH;
            for (int offset = 0; offset < steps; offset++) {
                double on = 0;
                double all = 0;
                for (int i = 0; i < used; i++) {
                    double weight = weights[(count - used + i) % MAX_ONSETS];
                    long k = Math.round((at[i] - phaseNanos) / periodNanos);
                    on += Math.floorMod(k - offset, (long) steps) == 0 ? weight : 0;
                    all += weight;
                }
                double share = on / all;
                double odds = (0.05 + share * steps) * (steps % 3 == 0 ? IN_THREES : 1);
                double score = 2 * StrictMath.log(odds) - tempo * tempo / 2;
                if (score > best) {
                    best = score;
                    stepsPerBeat = steps;
                    beatPhaseNanos = phaseNanos + offset * periodNanos;
                }
            }
        }
    }

    /** How sure the grid is: 0 not at all, 1 certain. */
    public double confidence() {
        return confidence;
    }

    /** Of one step of the grid. */
    public double periodNanos() {
        return periodNanos;
    }

    /** Steps of the grid in a beat: 1 to 4, or 6. */
    public int stepsPerBeat() {
        return stepsPerBeat;
    }

    /** Quarters a minute, if a beat is one. */
    public double tempoQpm() {
        return 60e9 / (stepsPerBeat * periodNanos);
    }

    /** When one of the grid's steps is. */
    public double stepNanos() {
        return originNanos + phaseNanos;
    }

    /** When one of the beats is. */
    public double beatNanos() {
        return originNanos + beatPhaseNanos;
    }
}
