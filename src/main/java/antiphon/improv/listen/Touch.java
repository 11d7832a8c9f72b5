package antiphon.improv.listen;

import antiphon.HotPath;
import antiphon.music.Vocabulary;

/**
 * How much louder the human plays on the beat than between, so that an answer has its accents where the call had them.
 * One thread; allocates nothing.
 */
@HotPath
public final class Touch {
    /** Notes kept. */
    private static final int MAX_NOTES = 64;

    /** Fewer on the beat, or between, say nothing. */
    private static final int MIN_NOTES = 3;

    /** In steps of velocity, where the human's is not known. */
    private static final double USUAL_ACCENT = 8;

    /** Steps of velocity in a bin. */
    private static final double BIN = Vocabulary.velocity(1) - Vocabulary.velocity(0);

    private final int[] velocities = new int[MAX_NOTES];
    private final long[] onsets = new long[MAX_NOTES];
    private int count;
    private double louder;
    private double softer;

    /** Nothing is known any more. */
    void forget() {
        count = 0;
        louder = 0;
        softer = 0;
    }

    /** The human begins a note. */
    void hear(int velocity, long nanos) {
        velocities[count % MAX_NOTES] = velocity;
        onsets[count % MAX_NOTES] = nanos;
        count++;
        if (count >= 2 * MAX_NOTES) {
            count -= MAX_NOTES;
        }
    }

    /**
     * Measures the accents of the notes since a time.
     *
     * @param pulse just found; if it is not sure there are none
     */
    public void measure(Pulse pulse, long sinceNanos) {
        louder = 0;
        softer = 0;
        int onBeat = 0;
        int between = 0;
        double onBeatSum = 0;
        double betweenSum = 0;
        for (int i = 0; i < Math.min(count, MAX_NOTES); i++) {
            if (onsets[i] < sinceNanos) {
                continue;
            }
            if (Pulse.isOnBeat((double) onsets[i], pulse.beatNanos(), pulse.beatPeriodNanos())) {
                onBeat++;
                onBeatSum += velocities[i];
            } else {
                between++;
                betweenSum += velocities[i];
            }
        }
        if (!pulse.isSure() || onBeat < MIN_NOTES) {
            return;
        }
        // Who plays nothing between is answered with what is softer there.
        double accent = between < MIN_NOTES ? USUAL_ACCENT : onBeatSum / onBeat - betweenSum / between;
        // All notes together are as loud as they would be without.
        louder = accent * between / (onBeat + between);
        softer = louder - accent;
    }

    /**
     * An answer's velocity with the accent that the human would give the note.
     *
     * @param velocityBin of {@link Vocabulary}
     * @return another of its bins
     */
    public int accented(int velocityBin, boolean onBeat) {
        double more = onBeat ? louder : softer;
        return Math.clamp(velocityBin + Math.round(more / BIN), 0, Vocabulary.VELOCITY_BINS - 1);
    }
}
