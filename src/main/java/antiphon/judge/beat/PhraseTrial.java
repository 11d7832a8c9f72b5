package antiphon.judge.beat;

import antiphon.improv.listen.OnsetTracker;
import java.util.SplittableRandom;

/** What the tracker believes when a short phrase is over and an answer would begin. Pure. */
final class PhraseTrial {
    private static final double SURE = 0.5;
    private static final double START_NANOS = 5e9;

    /** From the end of the last note until the answer. */
    private static final double REST_NANOS = 0.5e9;

    /** Of its length, how long a note sounds. */
    private static final double SOUNDING = 0.9;

    private static final int VELOCITY = 80;
    private static final double VELOCITY_SPREAD = 6;

    private PhraseTrial() {}

    /** Plays a phrase to a tracker that has heard nothing before; the same seed plays it in the same way. */
    static Level of(ShortPhrase phrase, double beatsPerMinute, double unevenNanos, long seed) {
        SplittableRandom random = new SplittableRandom(31 * seed + phrase.name().hashCode());
        double beatNanos = 60e9 / beatsPerMinute;
        OnsetTracker tracker = new OnsetTracker();
        double end = 0;
        long before = 0;
        for (ShortPhrase.Tone tone : phrase.tones()) {
            double onset = START_NANOS + tone.onset() * beatNanos;
            int velocity = VELOCITY + (int) Math.round(VELOCITY_SPREAD * random.nextGaussian());
            before = Math.max(before, Math.round(onset + unevenNanos * random.nextGaussian()));
            tracker.hear(tone.pitch(), velocity, before);
            end = Math.max(end, onset + SOUNDING * tone.length() * beatNanos);
        }
        tracker.find(Math.round(end + REST_NANOS));
        if (tracker.confidence() < SURE) {
            return Level.UNSURE;
        }
        double found = tracker.stepsPerBeat() * tracker.periodNanos();
        double beat = tracker.beatNanos() + Math.rint((end - tracker.beatNanos()) / found) * found;
        return Level.of(found / beatNanos, (beat - START_NANOS) / beatNanos);
    }
}
