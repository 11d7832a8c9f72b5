package antiphon.train;

import antiphon.model.CacheWeights;
import antiphon.model.NeuralCache;
import antiphon.music.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes with what each entry of a {@link NeuralCache} predicted for them, so that other weights can be tried without
 * running the network again. One thread.
 */
final class CacheSamples {
    /** Time, pitch and velocity. */
    static final int FIELDS = 3;

    private static final int SAME_TIME = 1;
    private static final int SAME_PITCH = 2;
    private static final int SAME_MOVED = 4;
    private static final int MOVABLE = 8;
    private static final int SAME_VELOCITY = 16;
    private static final double NEGLIGIBLE = 12;

    /** One note: what the network gave each field, and each entry's distance, match, and which values were right. */
    private static final class Sample {
        final double[] network;
        final float[] distances;
        final byte[] matches;
        final byte[] right;

        Sample(int entries, double[] network) {
            this.network = network;
            distances = new float[entries];
            matches = new byte[entries];
            right = new byte[entries];
        }
    }

    private final List<Sample> samples = new ArrayList<>();

    int size() {
        return samples.size();
    }

    /** Records an event and what the cache predicted for it. */
    void add(NeuralCache cache, int event, double... network) {
        Sample sample = new Sample(cache.size(), network);
        for (int i = 0; i < cache.size(); i++) {
            sample.distances[i] = cache.distance(i);
            sample.matches[i] = (byte) cache.match(i);
            sample.right[i] = (byte) rightValues(cache, i, event);
        }
        samples.add(sample);
    }

    private static int rightValues(NeuralCache cache, int entry, int event) {
        int moved = cache.movedPitch(entry);
        return (cache.time(entry) == Event.timeBin(event) ? SAME_TIME : 0)
                | (cache.pitch(entry) == Event.pitch(event) ? SAME_PITCH : 0)
                | (moved == Event.pitch(event) ? SAME_MOVED : 0)
                | (moved >= 0 ? MOVABLE : 0)
                | (cache.velocity(entry) == Event.velocityBin(event) ? SAME_VELOCITY : 0);
    }

    /** Bits of a note's time, pitch and velocity by the network alone. */
    double[] bitsWithout() {
        double[] bits = new double[FIELDS];
        for (Sample sample : samples) {
            for (int field = 0; field < FIELDS; field++) {
                bits[field] -= log2(sample.network[field]) / samples.size();
            }
        }
        return bits;
    }

    /** The same with a cache of these weights mixed in, as {@link NeuralCache#mix} does it. */
    double[] bitsWith(CacheWeights weights) {
        double[] bits = new double[FIELDS];
        for (Sample sample : samples) {
            double[] mixed = mixed(sample, weights);
            for (int field = 0; field < FIELDS; field++) {
                bits[field] -= log2(mixed[field]) / samples.size();
            }
        }
        return bits;
    }

    private static double[] mixed(Sample sample, CacheWeights weights) {
        double distance = weights.get(CacheWeights.DISTANCE);
        double match = weights.get(CacheWeights.MATCH);
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sample.distances.length; i++) {
            best = Math.max(best, match * sample.matches[i] - distance * sample.distances[i]);
        }
        double[] sums = new double[MOVABLE + SAME_VELOCITY + 1];
        double total = 0;
        for (int i = 0; i < sample.distances.length; i++) {
            double gap = best - (match * sample.matches[i] - distance * sample.distances[i]);
            if (gap < NEGLIGIBLE) {
                double share = Math.exp(-gap);
                total += share;
                for (int bit = SAME_TIME; bit <= SAME_VELOCITY; bit <<= 1) {
                    sums[bit] += (sample.right[i] & bit) != 0 ? share : 0;
                }
            }
        }
        double time = NeuralCache.odds(weights, CacheWeights.TIME, best);
        double pitch = NeuralCache.odds(weights, CacheWeights.PITCH, best);
        double moved = sums[MOVABLE] > 0 ? NeuralCache.odds(weights, CacheWeights.INTERVAL, best) : 0;
        double velocity = NeuralCache.odds(weights, CacheWeights.VELOCITY, best);
        double movedShare = moved > 0 ? moved * sums[SAME_MOVED] / sums[MOVABLE] : 0;
        return new double[] {
            (sample.network[0] + time * sums[SAME_TIME] / total) / (1 + time),
            (sample.network[1] + pitch * sums[SAME_PITCH] / total + movedShare) / (1 + pitch + moved),
            (sample.network[2] + velocity * sums[SAME_VELOCITY] / total) / (1 + velocity)
        };
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
