package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * The grid that the human's onsets lie on: its period and phase, how many of its steps make a beat, and how sure that is.
 * Found anew whenever {@link #find} is called, from the last onsets; without confidence the music is free.
 *
 * <p>{@link GridFit} finds the grid: a fine grid fits anything and so explains little; the coarsest that fits wins by
 * itself. Of multiples of that grid, the beat is the one that long notes, chords and low notes lie on, at a tempo that
 * people like (Parncutt 1994; the idea of several hypotheses judged together is Dixon's, 2001). One thread; allocates
 * nothing.
 */
@HotPath
public final class OnsetTracker {
    private static final long MILLI = 1_000_000L;

    /** Onsets kept. */
    private static final int MAX_ONSETS = 64;

    /** Onsets closer than this are one. */
    private static final long CHORD_NANOS = 45 * MILLI;

    private static final int MIDDLE_C = 60;

    /** What each semitone below middle C adds. */
    private static final double LOW_WEIGHT = 1 / 30.0;

    /** Older onsets say nothing about the tempo now. */
    private static final long MEMORY_NANOS = 12_000 * MILLI;

    private static final int MIN_ONSETS = GridFit.MIN_ONSETS;

    /** After so long a rest a phrase begins, mostly on a beat: that counts as much as so many heavy notes. */
    private static final long REST_NANOS = 1_200 * MILLI;

    private static final double FIRST_WEIGHT = 0.8;

    /** What is played on a beat tells the more of it the more notes there are: at most so much, and half of that by 3. */
    private static final double MOST_TOLD = 2.8;

    private static final double HALF_TOLD_BY = 3;

    /** What is left of the odds of a beat that divides in three: most do not. */
    private static final double IN_THREES = 0.75;

    private static final double BEST_BEAT_NANOS = 560 * MILLI;
    private static final double BEAT_WIDTH = 0.55;
    private static final double SHORTEST_BEAT_NANOS = 290 * MILLI;
    private static final double LONGEST_BEAT_NANOS = 1_300 * MILLI;

    private static final int MAX_STEPS = 6;
    private static final int FIFTHS = 5;

    /** Nats that uneven halves of a beat must explain the onsets better by than an even grid. */
    private static final double SWING_NATS = 6;

    /** The same where the beat that was found is given up for it. */
    private static final double OTHER_BEAT_NATS = 15;

    /** How much of a beat two measures of it can differ by. */
    private static final double SAME_BEAT = 0.1;

    /** Nats that all onsets together gain by where they lie in a known tempo, if that is certain. */
    private static final double EVIDENCE_IN_TEMPO = 5;

    private final long[] onsets = new long[MAX_ONSETS];
    private final double[] weights = new double[MAX_ONSETS];
    private final GridFit grid = new GridFit(MAX_ONSETS);
    private final Swing fit = new Swing();
    private int count;

    private long originNanos;
    private int stepsPerBeat;
    private double beatPhaseNanos;
    private double swing = Swing.STRAIGHT;
    private double swungNanos;
    private double swungPhaseNanos;
    private double swungNats;
    private double confidence;

    /** Nothing is known any more. */
    public void forget() {
        count = 0;
        confidence = 0;
    }

    /** Takes over the onsets that another has heard. */
    void copyFrom(OnsetTracker other) {
        System.arraycopy(other.onsets, 0, onsets, 0, MAX_ONSETS);
        System.arraycopy(other.weights, 0, weights, 0, MAX_ONSETS);
        count = other.count;
    }

    /** The human begins a note. */
    public void hear(int pitch, int velocity, long nanos) {
        int last = (count + MAX_ONSETS - 1) % MAX_ONSETS;
        double weight = 0.6 + velocity / 200.0 + LOW_WEIGHT * Math.max(0, MIDDLE_C - pitch);
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

    /** What was played was played to something that has stood for so long since. */
    void slip(long byNanos) {
        for (int i = 0; i < MAX_ONSETS; i++) {
            onsets[i] += byNanos;
        }
    }

    /** Looks for the grid of the last onsets. */
    public void find(long nowNanos) {
        gather(nowNanos);
        confidence = grid.find();
        if (grid.used() >= MIN_ONSETS) {
            findBeat(1, MAX_STEPS);
            if (!grid.drifts()) {
                findSwing(false);
            }
        }
    }

    /** Measures the last onsets from now on. */
    private void gather(long nowNanos) {
        int size = Math.min(count, MAX_ONSETS);
        originNanos = nowNanos;
        swing = Swing.STRAIGHT;
        grid.clear();
        for (int i = 0; i < size; i++) {
            long onset = onsets[(count - size + i) % MAX_ONSETS];
            if (nowNanos - onset <= MEMORY_NANOS) {
                grid.add((double) (onset - nowNanos));
            }
        }
    }

    /**
     * Looks for what the onsets divide a beat into whose times are known: halves, thirds or quarters; halves if they do
     * not tell.
     */
    public void findOn(double beatPeriodNanos, double beatNanos, long nowNanos) {
        gather(nowNanos);
        divide(beatPeriodNanos, beatNanos - nowNanos);
        beatPhaseNanos = beatNanos - nowNanos;
        confidence = 1;
        if (grid.used() >= MIN_ONSETS) {
            findSwing(true);
        }
    }

    /** The same if only the tempo is known: where the beats are, the onsets tell, as surely as they can. */
    public void findOn(double beatPeriodNanos, long nowNanos) {
        gather(nowNanos);
        confidence = 0;
        divide(beatPeriodNanos, Double.NaN);
        if (grid.used() >= MIN_ONSETS) {
            double nats = grid.gain(grid.periodNanos(), grid.phaseNanos()) * grid.used();
            findBeat(stepsPerBeat, stepsPerBeat);
            findSwing(false);
            nats = swing == Swing.STRAIGHT ? nats : swungNats;
            confidence = Math.clamp(nats / EVIDENCE_IN_TEMPO, 0.0, 1.0);
        }
    }

    /** Chooses the steps of a beat; without a phase, each of them where it fits best. */
    private void divide(double beatPeriodNanos, double knownPhaseNanos) {
        double best = Double.NEGATIVE_INFINITY;
        for (int steps = 2; steps <= 4; steps++) {
            double period = beatPeriodNanos / steps;
            double phase = Double.isNaN(knownPhaseNanos) ? grid.phase(period) : knownPhaseNanos;
            double gain = grid.used() < MIN_ONSETS ? -steps : grid.gain(period, phase);
            if (gain > best) {
                best = gain;
                stepsPerBeat = steps;
                grid.take(period, phase);
            }
        }
    }

    private void findBeat(int minSteps, int maxSteps) {
        double best = Double.NEGATIVE_INFINITY;
        stepsPerBeat = 1;
        beatPhaseNanos = grid.phaseNanos();
        for (int steps = minSteps; steps <= maxSteps; steps++) {
            double beat = steps * grid.periodNanos();
            boolean likely = beat >= SHORTEST_BEAT_NANOS && beat <= LONGEST_BEAT_NANOS;
            if (minSteps < maxSteps && (steps == FIFTHS || !likely)) {
                continue;
            }
            for (int offset = 0; offset < steps; offset++) {
                double score = score(grid.periodNanos(), grid.phaseNanos(), offset, steps);
                if (score > best) {
                    best = score;
                    stepsPerBeat = steps;
                    beatPhaseNanos = grid.phaseNanos() + offset * grid.periodNanos();
                }
            }
        }
    }

    /** How likely a beat of so many steps is, from an offset on, by its tempo and by what is played on it. */
    private double score(double step, double phase, int offset, int steps) {
        double on = 0;
        double all = 0;
        for (int i = grid.first(); i < grid.used(); i++) {
            double weight = weights[(count - grid.used() + i) % MAX_ONSETS];
            long k = Math.round((grid.at(i) - phase) / step);
            on += Math.floorMod(k - offset, (long) steps) == 0 ? weight : 0;
            all += weight;
        }
        double share = on / all;
        // The first note is on a beat of any length: its weight tells where a beat is, not how long.
        double ofFirst = 1 + (steps - 1) * FIRST_WEIGHT / all;
        double odds = (0.05 + share * steps) / ofFirst * (steps % 3 == 0 ? IN_THREES : 1);
        int notes = grid.used() - grid.first();
        double told = MOST_TOLD * notes / (notes + HALF_TOLD_BY);
        double tempo = StrictMath.log(steps * step / BEST_BEAT_NANOS) / BEAT_WIDTH;
        return told * StrictMath.log(odds) - tempo * tempo / 2;
    }

    /**
     * Looks whether the beat, or its parts, have two uneven halves that explain the onsets better than the even grid in
     * use. If so, each is two steps of the grid, of which {@link #swing} says where the second lies.
     *
     * @param fixed true if the beat is known
     */
    private void findSwing(boolean fixed) {
        int onsets = grid.used() - grid.first();
        double evenNats = grid.gain(grid.periodNanos(), grid.phaseNanos()) * onsets;
        double step = grid.periodNanos();
        double best = Double.NEGATIVE_INFINITY;
        for (int steps = 2; steps <= MAX_STEPS; steps++) {
            // Three to two lies on a grid of fifths, which is no beat's.
            boolean isPart = stepsPerBeat % steps == 0 || (steps == FIFTHS && !fixed);
            if (!isPart || steps * step < SHORTEST_BEAT_NANOS || steps * step > LONGEST_BEAT_NANOS) {
                continue;
            }
            for (int offset = 0; offset < (fixed ? 1 : steps); offset++) {
                double phase = fixed ? beatPhaseNanos : grid.phaseNanos() + offset * step;
                double nats = fit.find(grid, steps * step, phase, fixed) * onsets;
                double score = nats + score(fit.periodNanos() / 2, fit.phaseNanos(), 0, 2);
                double needed = steps == FIFTHS ? OTHER_BEAT_NATS : SWING_NATS;
                if (nats - evenNats > needed && score > best && (steps == FIFTHS || isOnBeat())) {
                    best = score;
                    swungNats = nats - SWING_NATS;
                    swing = fit.place();
                    swungNanos = fit.periodNanos();
                    swungPhaseNanos = fit.phaseNanos();
                }
            }
        }
        if (best > Double.NEGATIVE_INFINITY) {
            takeSwing(step);
        }
    }

    /** True if the beat found begins one of what has uneven halves. */
    private boolean isOnBeat() {
        double beats = (beatPhaseNanos - fit.phaseNanos()) / fit.periodNanos();
        return Math.abs(beats - Math.rint(beats)) < SAME_BEAT;
    }

    /** The beat stays as it was found, but where a grid of fifths was swung, which no beat was found for. */
    private void takeSwing(double step) {
        double parts = stepsPerBeat * step / swungNanos;
        boolean isKept = Math.abs(parts - Math.rint(parts)) < SAME_BEAT;
        double beatPhase = isKept ? beatPhaseNanos : swungPhaseNanos;
        stepsPerBeat = isKept ? 2 * (int) Math.rint(parts) : 2;
        beatPhaseNanos = swungPhaseNanos + Math.rint((beatPhase - swungPhaseNanos) / swungNanos) * swungNanos;
        grid.take(swungNanos / 2, swungPhaseNanos);
    }

    /** How sure the grid is: 0 not at all, 1 certain. */
    public double confidence() {
        return confidence;
    }

    /** Of one step of the grid. */
    public double periodNanos() {
        return grid.periodNanos();
    }

    /** Steps of the grid in a beat: 1 to 4, or 6. */
    public int stepsPerBeat() {
        return stepsPerBeat;
    }

    /**
     * Where in two steps of the grid, from a beat on, the second begins: {@value Swing#STRAIGHT}, or later if the human
     * swings.
     */
    public double swing() {
        return swing;
    }

    /** Quarters a minute, if a beat is one. */
    public double tempoQpm() {
        return 60e9 / (stepsPerBeat * grid.periodNanos());
    }

    /** When one of the grid's steps is. */
    public double stepNanos() {
        return originNanos + grid.phaseNanos();
    }

    /** When one of the beats is. */
    public double beatNanos() {
        return originNanos + beatPhaseNanos;
    }
}
