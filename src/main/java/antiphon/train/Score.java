package antiphon.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of an {@link Evaluation}: bits per note, in all and by field.
 *
 * @param notes note-ons heard
 * @param events events heard
 */
public record Score(long notes, long events, double kind, double time, double pitch, double velocity) {

    /** The sum of the fields. */
    public double bitsPerNote() {
        return kind + time + pitch + velocity;
    }

    /** For a machine to read: notes, bitsPerNote, fields with kind, time, pitch and velocity. */
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind);
        fields.put("time", time);
        fields.put("pitch", pitch);
        fields.put("velocity", velocity);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("notes", notes);
        map.put("bitsPerNote", bitsPerNote());
        map.put("fields", fields);
        return map;
    }
}
