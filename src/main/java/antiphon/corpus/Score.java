package antiphon.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well music was predicted: bits per note, in all and by field, lower is better; see {@link Surprise}.
 *
 * @param notes note-ons heard
 * @param events events heard
 * @param times the time once more, of steady and of free music; null if they were not told apart
 */
public record Score(
        long notes, long events, double kind, double time, double pitch, double velocity, @Nullable Times times) {

    /**
     * Bits per note of the time alone, where there is a pulse and where there is none.
     *
     * @param steadyNotes notes where a causal tracker was sure of the pulse
     * @param steady bits for each of them
     * @param free bits for each of the others
     */
    public record Times(long steadyNotes, double steady, double free) {}

    /** A score that does not tell steady from free music. */
    public Score(long notes, long events, double kind, double time, double pitch, double velocity) {
        this(notes, events, kind, time, pitch, velocity, null);
    }

    /** The same with the time once more. */
    public Score with(Times separately) {
        return new Score(notes, events, kind, time, pitch, velocity, separately);
    }

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
        if (times != null) {
            Map<String, Object> separately = new LinkedHashMap<>();
            separately.put("steadyNotes", times.steadyNotes());
            separately.put("steady", times.steady());
            separately.put("free", times.free());
            map.put("times", separately);
        }
        return map;
    }
}
