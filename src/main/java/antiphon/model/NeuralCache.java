package antiphon.model;

import antiphon.HotPath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
    public static final int CAPACITY = RememberedNotes.MAX_NOTES;

    /** Intervals in common beyond this number do not count. */
    public static final int LONGEST_MATCH = NoteStore.LONGEST_MATCH;

    /** Entries that count less than exp(−this) of the best one are ignored. */
    private static final double NEGLIGIBLE = 12;

    /** Odds are kept within exp(±this), so that neither side is ever excluded by rounding. */
    private static final double SUREST = 30;

    private final StackedLstm network;
    private final CacheWeights weights;
    private final NoteStore notes;
    private final float[] products;
    private final double[] scores;
    private final double[] timeShares;
    private final double[] pitchShares;
    private final double[] movedShares;
    private final double[] velocityShares;
    private double share = 1;
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
        this.network = network;
        this.weights = weights;
        notes = new NoteStore(network.width(), capacity);
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
        notes.forget();
    }

    /** Forgets everything but what is kept from before: a session begins. */
    @HotPath
    public void begin() {
        notes.begin();
    }

    /** A new piece begins; what is remembered stays. */
    public void goOn() {
        notes.goOn();
    }

    /**
     * Keeps these notes from before: with each {@link #begin} they are remembered again.
     *
     * @param before null for none
     * @return false, having done nothing, if this memory cannot take them over
     */
    public boolean keep(@Nullable RememberedNotes before) {
        boolean fits = before == null
                || before.fits(
                        notes.keys.length,
                        notes.capacity,
                        timeShares.length,
                        pitchShares.length - 1,
                        velocityShares.length);
        if (fits) {
            notes.keep(before);
        }
        return fits;
    }

    /** True if it is the memory of this network. */
    public boolean isOf(StackedLstm other) {
        return network == other;
    }

    /** What is kept from before; null if nothing is. */
    public @Nullable RememberedNotes kept() {
        return notes.kept();
    }

    /** What is remembered now, by a network whose file has this SHA-256. Allocates. */
    public RememberedNotes remembered(String network) {
        return notes.remembered(network);
    }

    /** Room for a mark of this memory. */
    public NoteStore.Mark newMark() {
        return notes.newMark();
    }

    /** Writes down where the music is. */
    @HotPath
    public void mark(NoteStore.Mark mark) {
        notes.mark(mark);
    }

    /**
     * Goes back to where the music was.
     *
     * @return false, having done nothing, if notes were kept or forgotten since
     */
    @HotPath
    public boolean backTo(NoteStore.Mark mark) {
        return notes.backTo(mark);
    }

    /**
     * Hears a note-on.
     *
     * @param state the network's before this event
     * @param keep true for the human's notes, which are remembered; the answer's only tell where in a motif we are
     */
    @HotPath
    public void hear(LstmState state, int time, int pitch, int velocity, boolean keep) {
        notes.hear(state.hidden[0], time, pitch, velocity, keep);
    }

    /**
     * Compares where the music is now with all that is remembered; {@link #mix} then says what followed.
     *
     * @return the best entry's exponent, negative infinity if nothing is remembered
     */
    @HotPath
    public double ask(LstmState state) {
        best = Double.NEGATIVE_INFINITY;
        if (notes.size == 0) {
            return best;
        }
        Arrays.fill(products, 0);
        Rows.multiplyAdd(state.hidden[0], notes.keys, products);
        float norm = NoteStore.squared(state.hidden[0]);
        double distanceWeight = weights.get(CacheWeights.DISTANCE);
        double matchWeight = weights.get(CacheWeights.MATCH);
        for (int i = 0; i < notes.size; i++) {
            products[i] = Math.max(0, norm + notes.norms[i] - 2 * products[i]);
            scores[i] = notes.counts(i)
                    ? matchWeight * notes.runs[i] - distanceWeight * products[i]
                    : Double.NEGATIVE_INFINITY;
            best = Math.max(best, scores[i]);
        }
        if (best > Double.NEGATIVE_INFINITY) {
            share();
        }
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
        for (int i = 0; i < notes.size; i++) {
            if (best - scores[i] < NEGLIGIBLE) {
                double share = StrictMath.exp(scores[i] - best);
                total += share;
                timeShares[notes.times[i]] += share;
                pitchShares[notes.pitches[i]] += share;
                velocityShares[notes.velocities[i]] += share;
                int moved = notes.lastPitch + notes.intervals[i];
                if (notes.isMovable(i) && moved >= 0 && moved < pitchShares.length - 1) {
                    movedShares[moved] += share;
                    movedTotal += share;
                }
            }
        }
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
        if (best == Double.NEGATIVE_INFINITY) {
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
        return share * odds(weights, index, best);
    }

    /** By this the odds of what is remembered are multiplied from now on: above 0, at first 1. */
    @HotPath
    public void setShare(double factor) {
        share = factor;
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
        return notes.size;
    }

    /** The squared distance of an entry's key at the last {@link #ask}; entries are numbered from 0. */
    public float distance(int entry) {
        return products[entry];
    }

    /** How many intervals before an entry are those just played, at most {@value #LONGEST_MATCH}. */
    public int match(int entry) {
        return notes.runs[entry];
    }

    /** The time bin that an entry would give the next note. */
    public int time(int entry) {
        return notes.times[entry];
    }

    /** The pitch of an entry. */
    public int pitch(int entry) {
        return notes.pitches[entry];
    }

    /** The pitch that an entry's interval leads to from here; -1 if to none. */
    public int movedPitch(int entry) {
        int moved = notes.lastPitch + notes.intervals[entry];
        return notes.isMovable(entry) && moved >= 0 && moved < pitchShares.length - 1 ? moved : -1;
    }

    /** The velocity bin of an entry. */
    public int velocity(int entry) {
        return notes.velocities[entry];
    }
}
