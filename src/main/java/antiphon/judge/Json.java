package antiphon.judge;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all reports for programs have in common. Pure. */
final class Json {
    private Json() {}

    /** How the figures were made. */
    static Map<String, @Nullable Object> beginning(Provenance provenance) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("command", provenance.command());
        map.put("model", Map.of("path", provenance.model().toString(), "sha256", provenance.modelSha256()));
        return map;
    }

    static Map<String, @Nullable Object> interval(Interval interval) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("value", number(interval.value()));
        map.put("low", number(interval.low()));
        map.put("high", number(interval.high()));
        return map;
    }

    /** JSON has no NaN. */
    static @Nullable Object number(double value) {
        return Double.isFinite(value) ? (Object) value : null;
    }

    /**
     * A whole file.
     *
     * @param what it is, for people
     */
    static String text(String what, Map<String, @Nullable Object> map) {
        try {
            return JSON.std
                            .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                            .with(JSON.Feature.WRITE_NULL_PROPERTIES)
                            .asString(map)
                    + "\n";
        } catch (IOException failure) {
            throw new JudgeException(what + ": cannot be written as JSON (" + failure.getMessage() + ").", failure);
        }
    }
}
