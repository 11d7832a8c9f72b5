package antiphon.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long each of a run's messages took, in frames; those that never came are counted apart. Immutable. */
final class Latencies {
    /** Three significant digits: exact up to 2,047 frames, above that to a thousandth. */
    private static final int DIGITS = 3;

    /** Longer times count as this one: a histogram needs an upper bound. A day at 48 kHz. */
    private static final long MAX_FRAMES = 1L << 32;

    private final long[] frames;
    private final Histogram histogram = new Histogram(MAX_FRAMES, DIGITS);

    /** @param frames one for each message; below 0 where it was lost. Not to be changed from now on. */
    Latencies(long[] frames) {
        this.frames = frames;
        for (long each : frames) {
            if (each >= 0) {
                histogram.recordValue(Math.min(each, MAX_FRAMES));
            }
        }
    }

    int size() {
        return frames.length;
    }

    long lost() {
        return frames.length - histogram.getTotalCount();
    }

    /** 0 if nothing came. */
    long min() {
        return Arrays.stream(frames).filter(each -> each >= 0).min().orElse(0);
    }

    /** 0 if nothing came. */
    long max() {
        return Math.max(0, Arrays.stream(frames).max().orElse(0));
    }

    long jitter() {
        return Math.max(0, max() - min());
    }

    long percentile(double percent) {
        return Math.min(histogram.getValueAtPercentile(percent), Math.max(0, max()));
    }

    /** How many messages took longer than this; lost ones are not counted. */
    long longerThan(long limit) {
        return Arrays.stream(frames).filter(each -> each > limit).count();
    }

    /** How many messages took more or less than exactly this, or were lost. */
    long otherThan(long exactly) {
        return Arrays.stream(frames).filter(each -> each != exactly).count();
    }

    /**
     * How many messages took more or less than exactly this, or were lost, although the same message of the other run
     * took exactly this: delays that were the program's, not the machine's.
     */
    long otherThanWhere(long exactly, Latencies other) {
        long count = 0;
        for (int i = 0; i < Math.min(frames.length, other.frames.length); i++) {
            count += frames[i] != exactly && other.frames[i] == exactly ? 1 : 0;
        }
        return count;
    }

    /** The longest of the first {@code count} messages: what a human hears who begins to play right after the start. */
    long maxOfFirst(int count) {
        return Math.max(0, Arrays.stream(frames).limit(count).max().orElse(0));
    }

    /** For JSON. */
    Map<String, Object> map(long lateAbove) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("messages", size());
        map.put("min", min());
        map.put("p50", percentile(50));
        map.put("p99", percentile(99));
        map.put("p99_9", percentile(99.9));
        map.put("max", max());
        map.put("jitter", jitter());
        map.put("late", longerThan(lateAbove));
        map.put("lost", lost());
        map.put("max_of_first_100", maxOfFirst(100));
        return map;
    }
}
