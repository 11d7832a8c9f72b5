package antiphon.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Times several things in turns, some steps of each and round again, so that a noisy neighbour meets all alike; what
 * is compared is compared within a round. One thread, the one that made it.
 */
final class Race {
    private static final long MAX_NANOS = 10_000_000_000L;
    private static final int DIGITS = 3;
    private static final int WARM_UP_STEPS = 2_000;
    private static final long WARM_UP_NANOS = 1_500_000_000L;
    private static final int ALLOCATION_STEPS = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Runnable> steps = new ArrayList<>();
    private final List<Runnable> preparations = new ArrayList<>();
    private final List<Histogram> histograms = new ArrayList<>();
    private final List<List<Double>> rounds = new ArrayList<>();

    /** Adds something to be timed; the result is its place. */
    int add(Runnable step) {
        return add(step, () -> {});
    }

    /** The same with something done before each step that is not timed. */
    int add(Runnable step, Runnable ahead) {
        steps.add(step);
        preparations.add(ahead);
        histograms.add(new Histogram(MAX_NANOS, DIGITS));
        rounds.add(new ArrayList<>());
        return steps.size() - 1;
    }

    void warmUp() {
        for (Runnable step : steps) {
            long end = System.nanoTime() + WARM_UP_NANOS;
            for (int i = 0; i < WARM_UP_STEPS && System.nanoTime() < end; i++) {
                step.run();
            }
        }
    }

    /**
     * Runs rounds.
     *
     * @param before done, untimed, before each step: nothing, or a sweep of the caches
     * @param block steps of each in a round; their first tenth brings back the caches and does not count
     */
    void run(double seconds, int block, Runnable before) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long[] nanos = new long[block];
        while (System.nanoTime() < end) {
            for (int i = 0; i < steps.size(); i++) {
                Runnable step = steps.get(i);
                for (int j = 0; j < block / 10; j++) {
                    step.run();
                }
                for (int j = 0; j < block; j++) {
                    preparations.get(i).run();
                    before.run();
                    long start = System.nanoTime();
                    step.run();
                    nanos[j] = System.nanoTime() - start;
                    histograms.get(i).recordValue(Math.min(nanos[j], MAX_NANOS));
                }
                long[] sorted = nanos.clone();
                Arrays.sort(sorted);
                rounds.get(i).add((double) sorted[block / 2]);
            }
        }
    }

    /** Bytes that this thread allocates in one step. */
    double bytesPerStep(int place) {
        Runnable step = steps.get(place);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long nothing = THREADS.getCurrentThreadAllocatedBytes() - before;
        long start = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ALLOCATION_STEPS; i++) {
            step.run();
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - start - nothing) / ALLOCATION_STEPS;
    }

    double micros(int place, double percentile) {
        return histograms.get(place).getValueAtPercentile(percentile) / 1e3;
    }

    long count(int place) {
        return histograms.get(place).getTotalCount();
    }

    /** The middle, over the rounds, of one's median divided by the quickest of some others' medians. */
    double ratio(int place, int... others) {
        double[] ratios = new double[rounds.get(place).size()];
        for (int round = 0; round < ratios.length; round++) {
            double min = Double.POSITIVE_INFINITY;
            for (int other : others) {
                min = Math.min(min, rounds.get(other).get(round));
            }
            ratios[round] = rounds.get(place).get(round) / min;
        }
        Arrays.sort(ratios);
        return ratios.length == 0 ? Double.NaN : ratios[ratios.length / 2];
    }
}
