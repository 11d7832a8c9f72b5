package antiphon.dashboard;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes and reads the JSON of the page. */
final class Json {
    private static final JSON TEXT = JSON.std
            .with(JSON.Feature.WRITE_NULL_PROPERTIES)
            .with(JSON.Feature.WRITE_RECORD_FIELDS_IN_DECLARATION_ORDER);

    /** The media type. */
    static final String TYPE = "application/json";

    private Json() {}

    /** The body that says why something was refused. */
    static byte[] error(String why) {
        return of(Map.of("error", why)).getBytes(StandardCharsets.UTF_8);
    }

    /** A value of maps, lists, records, texts, numbers and truth values as one line. */
    static String of(Object value) {
        try {
            return TEXT.asString(value);
        } catch (IOException impossible) {
            throw new IllegalStateException("plain values must be writable as JSON", impossible);
        }
    }

    /**
     * An object.
     *
     * @throws IOException if it is no JSON, or something else
     */
    static Map<String, Object> object(String text) throws IOException {
        return TEXT.mapFrom(text);
    }

    /**
     * A list.
     *
     * @throws IOException if it is no JSON, or something else
     */
    static List<Object> list(String text) throws IOException {
        return TEXT.listFrom(text);
    }
}
