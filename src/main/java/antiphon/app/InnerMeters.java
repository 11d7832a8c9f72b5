package antiphon.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a running program's own meters say, to be held against what is seen from outside.
 *
 * @param answerP50Nanos note in to answer out
 */
record InnerMeters(long answerP50Nanos, long answerP99Nanos, long answerP999Nanos) {
    /** Asks a running program, or null where it does not answer. */
    static @Nullable InnerMeters of(BenchChild child) {
        // TODO(status)
        return null;
    }

    /** For JSON. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("answer_p50_nanos", answerP50Nanos);
        map.put("answer_p99_nanos", answerP99Nanos);
        map.put("answer_p99_9_nanos", answerP999Nanos);
        return map;
    }
}
