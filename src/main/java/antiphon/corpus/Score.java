package antiphon.corpus;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well music was predicted: bits per note, in all and by field, lower is better; see {@link Surprise}.
 *
 * @param notes note-ons heard
 * @param events events heard
 */
public record Score(long notes, long events, double kind, double time, double pitch, double velocity) {

    /**
     * The score for these bits.
     *
     * @param bits of each field
     * @throws CorpusException one line, if there was no note
     */
    public static Score of(long notes, long events, double[] bits) {
        if (notes == 0) {
            throw new CorpusException("corpus: no note to judge by; at least one needed. Name another folder.");
        }
        return new Score(notes, events, bits[0] / notes, bits[1] / notes, bits[2] / notes, bits[3] / notes);
    }

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
