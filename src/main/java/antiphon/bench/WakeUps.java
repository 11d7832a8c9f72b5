package antiphon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How late something happened after its time, in nanoseconds: the median and two percentiles.
 *
 * @param p50 -1 in all three where it could not be measured
 */
record WakeUps(long p50, long p99, long p999) {
    private static final WakeUps UNKNOWN = new WakeUps(-1, -1, -1);
    private static final long MAX_NANOS = 60_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * The sender's, from the line that {@code antiphon bench sender} prints: {@code late}, then the three numbers.
     * Unknown if it is another line or none.
     */
    static WakeUps ofSender(@Nullable String line) {
        List<String> words = line == null ? List.of() : List.of(line.split(" ", -1));
        return words.size() == 4 && words.getFirst().equals("late")
                ? new WakeUps(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)), Long.parseLong(words.get(3)))
                : UNKNOWN;
    }

    /**
     * The machine's, from what {@code probe sleep} prints: one number a line. Unknown if it prints none, as where
     * real-time priority is not allowed.
     */
    static WakeUps ofSleeper(Process sleeper) {
        Histogram histogram = new Histogram(MAX_NANOS, 3);
        try (BufferedReader reader = sleeper.inputReader();
                Stream<String> lines = reader.lines()) {
            lines.mapToLong(Long::parseLong).forEach(nanos -> histogram.recordValue(Math.clamp(nanos, 0, MAX_NANOS)));
        } catch (IOException ended) {
            return UNKNOWN;
        }
        return histogram.getTotalCount() == 0
                ? UNKNOWN
                : new WakeUps(
                        histogram.getValueAtPercentile(50),
                        histogram.getValueAtPercentile(99),
                        histogram.getValueAtPercentile(99.9));
    }

    boolean known() {
        return p99 >= 0;
    }

    String text() {
        return known()
                ? "p50 %.3f, p99 %.3f, p99.9 %.3f ms"
                        .formatted(p50 / NANOS_PER_MILLI, p99 / NANOS_PER_MILLI, p999 / NANOS_PER_MILLI)
                : "could not be measured";
    }

    /** For JSON. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("p50_nanos", p50);
        map.put("p99_nanos", p99);
        map.put("p99_9_nanos", p999);
        return map;
    }
}
