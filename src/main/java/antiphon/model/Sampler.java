package antiphon.model;

import antiphon.HotPath;

/**
 * Draws one value from logits by temperature, min-p and top-p. One thread; allocates nothing; the same seed and
 * logits give the same values on every machine.
 *
 * <p>min-p (Nguyen et al. 2024) drops what is less likely than that share of the likeliest; top-p (Holtzman et al.
 * 2019) keeps the likeliest until they add up to p. Random numbers are SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class Sampler {
    /** The logit of a value that must not be drawn. */
    public static final float NEVER = Float.NEGATIVE_INFINITY;

    private static final int MAX_VALUES = 256;

    private double temperature;
    private double factor = 1;
    private double topP;
    private double minP;
    private final double[] weights = new double[MAX_VALUES];
    private long seed;

    /**
     * Makes a sampler.
     *
     * @param temperature above 0; 1 draws with the network's probabilities, below 1 the likeliest values more often
     * @param topP above 0, at most 1
     * @param minP 0 or more, below 1
     */
    public Sampler(double temperature, double topP, double minP, long seed) {
        if (!(temperature > 0) || !(topP > 0 && topP <= 1) || !(minP >= 0 && minP < 1)) {
            throw new IllegalArgumentException("temperature " + temperature + ", top-p " + topP + ", min-p " + minP);
        }
        this.temperature = temperature;
        this.topP = topP;
        this.minP = minP;
        this.seed = seed;
    }

    /** Uses another temperature, top-p and min-p from now on; ranges as for the constructor, not checked again. */
    @HotPath
    public void set(double newTemperature, double newTopP, double newMinP) {
        temperature = newTemperature;
        topP = newTopP;
        minP = newMinP;
    }

    /** Multiplies the temperature, whatever is set, until the next call; 1 changes nothing. */
    @HotPath
    public void temper(double newFactor) {
        factor = newFactor;
    }

    /** What it draws by. */
    @HotPath
    public double temperature() {
        return temperature * factor;
    }

    /** Begins another sequence of random numbers. */
    @HotPath
    public void seed(long newSeed) {
        seed = newSeed;
    }

    /** Where the sequence of random numbers is: {@link #seed(long)} with this goes on from there. */
    @HotPath
    public long seed() {
        return seed;
    }

    /** Goes on where another sampler is, by its rules. */
    @HotPath
    public void copyFrom(Sampler other) {
        set(other.temperature, other.topP, other.minP);
        seed = other.seed;
    }

    /** A random number, 64 bits. */
    @HotPath
    public long nextLong() {
        seed += 0x9E3779B97F4A7C15L;
        long mixed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number in [0, 1), 53 bits. */
    @HotPath
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * Draws an index.
     *
     * @param logits the first {@code size} count; {@link #NEVER} excludes a value
     * @return the index, or -1 if all are excluded
     */
    @HotPath
    public int draw(float[] logits, int size) {
        double total = weigh(logits, size, minP, temperature());
        return topP < 1 && total > 0 ? drawLikeliest(size, total * topP) : drawBelow(size, nextDouble() * total);
    }

    /** Draws an index by this temperature alone, without top-p and min-p; otherwise like {@link #draw}. */
    @HotPath
    public int drawFreely(float[] logits, int size, double byTemperature) {
        double total = weigh(logits, size, 0, byTemperature);
        return drawBelow(size, nextDouble() * total);
    }

    /** Fills {@link #weights}, the likeliest being 1, and gives their sum: 0 if all are excluded. */
    private double weigh(float[] logits, int size, double min, double byTemperature) {
        float best = NEVER;
        for (int i = 0; i < size; i++) {
            best = Math.max(best, sane(logits[i]));
        }
        double total = 0;
        for (int i = 0; i < size; i++) {
            double weight = best == NEVER ? 0 : StrictMath.exp((sane(logits[i]) - best) / byTemperature);
            weights[i] = weight < min ? 0 : weight;
            total += weights[i];
        }
        return total;
    }

    /** What a broken network gives that is no number is never drawn, and what is too large is as likely as can be. */
    private static float sane(float logit) {
        return Float.isNaN(logit) ? NEVER : Math.min(logit, Float.MAX_VALUE);
    }

    /** Draws an index by weights that are 0 or more; -1 if all are 0. */
    @HotPath
    public int drawWeighted(double[] given, int size) {
        double total = 0;
        for (int i = 0; i < size; i++) {
            weights[i] = given[i];
            total += given[i];
        }
        return total > 0 ? drawBelow(size, nextDouble() * total) : -1;
    }

    private int drawBelow(int size, double point) {
        double left = point;
        int last = -1;
        for (int i = 0; i < size; i++) {
            if (weights[i] > 0) {
                last = i;
                left -= weights[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    /** Keeps the likeliest values, one by one, until they reach the mass, and draws among them. */
    private int drawLikeliest(int size, double mass) {
        double kept = 0;
        int count = 0;
        // Kept values are marked by their sign: no second array, no sorting of what is never drawn.
        while (kept < mass && count < size) {
            int likeliest = 0;
            for (int i = 1; i < size; i++) {
                likeliest = weights[i] > weights[likeliest] ? i : likeliest;
            }
            if (!(weights[likeliest] > 0)) {
                break;
            }
            kept += weights[likeliest];
            weights[likeliest] = -weights[likeliest];
            count++;
        }
        for (int i = 0; i < size; i++) {
            weights[i] = Math.max(0, -weights[i]);
        }
        return drawBelow(size, nextDouble() * kept);
    }
}
