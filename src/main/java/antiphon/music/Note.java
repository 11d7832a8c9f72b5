package antiphon.music;

/**
 * One note as people hear it, with the pedal already folded into its duration.
 *
 * @param voice {@link Voice#HUMAN} or {@link Voice#ANSWER}
 * @param onsetNanos from the start of the piece, 0 or more
 * @param durationNanos 0 or more
 * @param pitch 0–127
 * @param velocity 1–127
 */
public record Note(int voice, long onsetNanos, long durationNanos, int pitch, int velocity) {

    public Note {
        if (voice < 0 || voice >= Voice.COUNT) {
            throw new IllegalArgumentException("voice " + voice + "; allowed: 0 or 1");
        }
        if (onsetNanos < 0 || durationNanos < 0) {
            throw new IllegalArgumentException(
                    "onset " + onsetNanos + " ns, duration " + durationNanos + " ns; neither may be negative");
        }
        if (pitch < 0 || pitch > 127) {
            throw new IllegalArgumentException("pitch " + pitch + "; allowed: 0 to 127");
        }
        if (velocity < 1 || velocity > 127) {
            throw new IllegalArgumentException("velocity " + velocity + "; allowed: 1 to 127");
        }
    }

    /** When the key comes up, in nanoseconds from the start of the piece. */
    public long offsetNanos() {
        return onsetNanos + durationNanos;
    }

    /** The same note as another voice plays it. */
    public Note inVoice(int other) {
        return new Note(other, onsetNanos, durationNanos, pitch, velocity);
    }
}
