package antiphon.model;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * The network's first attention: remembers the last {@value #CAPACITY} notes of the human, and makes what followed
 * then likelier when the music comes to a similar place, so that motifs come back, also transposed.
 *
 * <p>A continuous cache (Grave, Joulin, Usunier 2017, Improving Neural Language Models with a Continuous Cache): each
 * note-on is kept with the first layer's hidden state before it as the key, and its gap, pitch, interval to the note-on
 * before, and velocity as values. Three things differ from the paper. The kernel uses the distance, not the inner
 * product, so that nothing must be centred. An entry also counts by how many intervals before it are those just played,
 * because the hidden state differs in another key. And how much is mixed in depends on the best entry ({@link
 * CacheWeights}): if nothing similar was ever heard, the network's prediction is not changed (ADR 10).
 *
 * <p>Order of calls: {@link #ask} before {@link #mix}, and {@link #hear} with the state as it was before the note.
 * One thread; allocates nothing after construction; off, at no cost, for a network without tuned weights.
 */
public final class NeuralCache {
    /** Notes remembered at most: some minutes of playing. */
    public static final int CAPACITY = 1024;

    /** Intervals in common beyond this number do not count. */
    public static final int LONGEST_MATCH = 8;

    private static final int NO_INTERVAL = 1_000;

    /** Entries that count less than exp(−this) of the best one are ignored. */
    private static final double NEGLIGIBLE = 12;

    /** Odds are kept within exp(±this), so that neither side is ever excluded by rounding. */
    private static final double SUREST = 30;

    private final CacheWeights weights;
    private final int capacity;
    // One array per unit of the key, so that all entries are compared in one pass of vector instructions.
    private final float[][] keys; // [width][capacity]
    private final float[] norms;
    private final int[] times;
    private final int[] pitches;
    private final int[] velocities;
    private final int[] intervals;
    private final int[] runs;
    private final boolean[] follows;
    private int size;
    private int next;
    private int lastPitch = -1;
    private boolean lastWasKept;

    /** Changes whenever a note is to be kept or all are forgotten, also in a memory that is off. */
    private long written;

    private final float[] products;
    private final double[] scores;
    private final double[] timeShares;
    private final double[] pitchShares;
    private final double[] movedShares;
    private final double[] velocityShares;
    private double best;
    private double total;
    private double movedTotal;

    /**
     * Makes an empty memory.
     *
     * @param wanted false for one that is off
     */
    public static NeuralCache of(StackedLstm network, boolean wanted) {
        CacheWeights tuned = network.cacheWeights().orElse(null);
        return wanted && tuned != null
                ? new NeuralCache(network, tuned, CAPACITY)
                : new NeuralCache(network, CacheWeights.of(new double[CacheWeights.COUNT]), 0);
    }

    /**
     * Makes an empty memory with weights of one's own.
     *
     * @param capacity notes remembered at most; 0 for none
     */
    public NeuralCache(StackedLstm network, CacheWeights weights, int capacity) {
        this.weights = weights;
        this.capacity = capacity;
        keys = new float[network.width()][capacity];
        norms = new float[capacity];
        times = new int[capacity];
        pitches = new int[capacity];
        velocities = new int[capacity];
        intervals = new int[capacity];
        runs = new int[capacity];
        follows = new boolean[capacity];
        products = new float[capacity];
        scores = new double[capacity];
        timeShares = new double[network.fieldSize(StackedLstm.TIME)];
        pitchShares = new double[network.fieldSize(StackedLstm.PITCH)];
        movedShares = new double[network.fieldSize(StackedLstm.PITCH)];
        velocityShares = new double[network.fieldSize(StackedLstm.VELOCITY)];
    }

    /** Forgets everything. */
    @HotPath
    public void forget() {
        size = 0;
        next = 0;
        lastPitch = -1;
        lastWasKept = false;
        written++;
    }

    /** Room for a {@link Mark} of this memory. */
    public Mark newMark() {
        return new Mark(capacity);
    }

    /**
     * The place in a motif at one moment, to go back to. It holds no notes itself, so it is valid only until the next
     * note is kept.
     */
    public static final class Mark {
        private final int[] runs;
        private int lastPitch;
        private boolean lastWasKept;
        private long written = -1;

        private Mark(int capacity) {
            runs = new int[capacity];
        }
    }

    /** Writes down where the music is. */
    @HotPath
    public void mark(Mark mark) {
        System.arraycopy(runs, 0, mark.runs, 0, size);
        mark.lastPitch = lastPitch;
        mark.lastWasKept = lastWasKept;
        mark.written = written;
    }

    /**
     * Goes back to where the music was.
     *
     * @return false, having done nothing, if notes were kept or forgotten since
     */
    @HotPath
    public boolean backTo(Mark mark) {
        if (mark.written != written) {
            return false;
        }
        System.arraycopy(mark.runs, 0, runs, 0, size);
        lastPitch = mark.lastPitch;
        lastWasKept = mark.lastWasKept;
        return true;
    }

    /**
     * Hears a note-on.
     *
     * @param state the network's before this event
     * @param keep true for the human's notes, which are remembered; the answer's only tell where in a motif we are
     */
    @HotPath
    public void hear(LstmState state, int time, int pitch, int velocity, boolean keep) {
        written += keep ? 1 : 0;
        if (capacity == 0) {
            return;
        }
        int interval = lastPitch < 0 ? NO_INTERVAL : pitch - lastPitch;
        int run = lengthenRuns(interval);
        if (keep) {
            times[next] = time;
            pitches[next] = pitch;
            velocities[next] = velocity;
            intervals[next] = interval;
            runs[next] = run;
            follows[next] = lastWasKept;
            keepKey(state.hidden[0]);
            next = next + 1 == capacity ? 0 : next + 1;
            size = Math.min(size + 1, capacity);
        }
        lastPitch = pitch;
        lastWasKept = keep;
    }

    /** Counts, for each entry, how many intervals before it are those before the note to come; gives a new entry's. */
    private int lengthenRuns(int interval) {
        int newest = before(next);
        int run = size > 0 && lastWasKept ? longer(newest, interval) : 0;
        int entry = newest;
        // From the newest entry back, because each run is computed from that of the entry before.
        for (int i = 1; i < size; i++) {
            int before = before(entry);
            runs[entry] = follows[entry] ? longer(before, interval) : 0;
            entry = before;
        }
        if (size > 0) {
            runs[entry] = 0;
        }
        return run;
    }

    private int longer(int entry, int interval) {
        return interval != NO_INTERVAL && intervals[entry] == interval ? Math.min(runs[entry] + 1, LONGEST_MATCH) : 0;
    }

    private int before(int entry) {
        return entry == 0 ? capacity - 1 : entry - 1;
    }

    private void keepKey(float[] hidden) {
        for (int i = 0; i < hidden.length; i++) {
            keys[i][next] = hidden[i];
        }
        norms[next] = squared(hidden);
    }

    private static float squared(float[] vector) {
        float sum = 0;
        for (float value : vector) {
            sum = Rows.multiplyAdd(value, value, sum);
        }
        return sum;
    }

    /**
     * Compares where the music is now with all that is remembered; {@link #mix} then says what followed.
     *
     * @return the best entry's exponent, negative infinity if nothing is remembered
     */
    @HotPath
    public double ask(LstmState state) {
        best = Double.NEGATIVE_INFINITY;
        if (size == 0) {
            return best;
        }
        Arrays.fill(products, 0);
        Rows.multiplyAdd(state.hidden[0], keys, products);
        float norm = squared(state.hidden[0]);
        double distanceWeight = weights.get(CacheWeights.DISTANCE);
        double matchWeight = weights.get(CacheWeights.MATCH);
        for (int i = 0; i < size; i++) {
            products[i] = Math.max(0, norm + norms[i] - 2 * products[i]);
            scores[i] = matchWeight * runs[i] - distanceWeight * products[i];
            best = Math.max(best, scores[i]);
        }
        share();
        return best;
    }

    /** Adds up, for every value, how much the entries that have it count. */
    private void share() {
        Arrays.fill(timeShares, 0);
        Arrays.fill(pitchShares, 0);
        Arrays.fill(movedShares, 0);
        Arrays.fill(velocityShares, 0);
        total = 0;
        movedTotal = 0;
        for (int i = 0; i < size; i++) {
            if (best - scores[i] < NEGLIGIBLE) {
                double share = StrictMath.exp(scores[i] - best);
                total += share;
                timeShares[times[i]] += share;
                pitchShares[pitches[i]] += share;
                velocityShares[velocities[i]] += share;
                int moved = lastPitch + intervals[i];
                if (isMovable(i) && moved >= 0 && moved < pitchShares.length - 1) {
                    movedShares[moved] += share;
                    movedTotal += share;
                }
            }
        }
    }

    private boolean isMovable(int entry) {
        return lastPitch >= 0 && intervals[entry] != NO_INTERVAL;
    }

    /**
     * Mixes what followed at similar places into what the network says of a note-on's field.
     *
     * @param field {@link StackedLstm#TIME}, {@link StackedLstm#PITCH} or {@link StackedLstm#VELOCITY}
     * @param logits in: the network's, unnormalised; out: logarithms of the mixed probabilities
     * @param size how many values the field has, "none" not counted
     */
    @HotPath
    public void mix(int field, float[] logits, int size) {
        if (this.size == 0) {
            return;
        }
        if (field == StackedLstm.PITCH) {
            double moved = movedTotal > 0 ? odds(CacheWeights.INTERVAL) / movedTotal : 0;
            blend(logits, size, pitchShares, odds(CacheWeights.PITCH) / total, moved);
        } else if (field == StackedLstm.TIME) {
            blend(logits, size, timeShares, odds(CacheWeights.TIME) / total, 0);
        } else {
            blend(logits, size, velocityShares, odds(CacheWeights.VELOCITY) / total, 0);
        }
    }

    private double odds(int index) {
        return odds(weights, index, best);
    }

    /**
     * The odds of what is remembered against the network.
     *
     * @param index of the kind of value in the weights
     * @param best the best entry's exponent
     */
    @HotPath
    public static double odds(CacheWeights weights, int index, double best) {
        double exponent = weights.get(index) + weights.get(index + 1) * best;
        return StrictMath.exp(Math.max(-SUREST, Math.min(SUREST, exponent)));
    }

    private void blend(float[] logits, int size, double[] shares, double weight, double movedWeight) {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, logits[i]);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += StrictMath.exp(logits[i] - highest);
        }
        // What the mixed values add up to, so that they come out as probabilities.
        double all = 1 + weight * total + movedWeight * movedTotal;
        for (int i = 0; i < size; i++) {
            double network = StrictMath.exp(logits[i] - highest) / sum;
            double mixed = network + weight * shares[i] + movedWeight * movedShares[i];
            logits[i] = (float) StrictMath.log(mixed / all);
        }
    }

    /** How many notes are remembered. */
    public int size() {
        return size;
    }

    /** The squared distance of an entry's key at the last {@link #ask}; entries are numbered from 0. */
    public float distance(int entry) {
        return products[entry];
    }

    /** How many intervals before an entry are those just played, at most {@value #LONGEST_MATCH}. */
    public int match(int entry) {
        return runs[entry];
    }

    /** The time bin that an entry would give the next note. */
    public int time(int entry) {
        return times[entry];
    }

    /** The pitch of an entry. */
    public int pitch(int entry) {
        return pitches[entry];
    }

    /** The pitch that an entry's interval leads to from here; -1 if to none. */
    public int movedPitch(int entry) {
        int moved = lastPitch + intervals[entry];
        return isMovable(entry) && moved >= 0 && moved < pitchShares.length - 1 ? moved : -1;
    }

    /** The velocity bin of an entry. */
    public int velocity(int entry) {
        return velocities[entry];
    }
}
