package antiphon.corpus;

import antiphon.music.Note;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The same music in another key, faster or slower, with another touch, and with onsets that differ by some
 * milliseconds. The network learns more from a small corpus in this way, and learns keyboards other than those of the
 * corpus.
 *
 * @param transposition semitones
 * @param stretch time is multiplied by it
 * @param curve the exponent of the velocity curve: 1 leaves it, less is louder
 * @param louder added to the velocity after the curve
 */
record Variation(int transposition, double stretch, double curve, int louder) {
    private static final double TEMPO_SPAN = 0.1;
    private static final int LOWEST_TRANSPOSITION = -5;
    private static final int HIGHEST_TRANSPOSITION = 6;
    private static final double OTHER_TOUCH = 0.6;
    private static final double CURVE_SPAN = 0.5;
    private static final int SOFTEST_SHIFT = -8;
    private static final int LOUDEST_SHIFT = 20;
    private static final long ONSET_NOISE_NANOS = 1_000_000L;

    /** One at random that keeps these notes on the keyboard. */
    static Variation of(List<Note> notes, SplittableRandom random) {
        int lowest = notes.stream().mapToInt(Note::pitch).min().orElse(0);
        int highest = notes.stream().mapToInt(Note::pitch).max().orElse(127);
        int down = Math.max(LOWEST_TRANSPOSITION, -lowest);
        int up = Math.min(HIGHEST_TRANSPOSITION, 127 - highest);
        boolean otherTouch = random.nextDouble() < OTHER_TOUCH;
        return new Variation(
                random.nextInt(down, up + 1),
                Math.exp(random.nextDouble(-1, 1) * Math.log1p(TEMPO_SPAN)),
                otherTouch ? Math.exp(random.nextDouble(-1, 1) * CURVE_SPAN) : 1,
                otherTouch ? random.nextInt(SOFTEST_SHIFT, LOUDEST_SHIFT + 1) : 0);
    }

    /** The notes with this variation, in the same order. */
    List<Note> apply(List<Note> notes, SplittableRandom random) {
        return notes.stream().map(note -> apply(note, random)).toList();
    }

    private Note apply(Note note, SplittableRandom random) {
        long noiseNanos = random.nextLong(-ONSET_NOISE_NANOS, ONSET_NOISE_NANOS + 1);
        double velocity = 127 * Math.pow(note.velocity() / 127.0, curve) + louder;
        return new Note(
                note.voice(),
                Math.max(0, Math.round(note.onsetNanos() * stretch) + noiseNanos),
                Math.round(note.durationNanos() * stretch),
                note.pitch() + transposition,
                Math.clamp(Math.round(velocity), 1, 127));
    }

    /** When something happens in the varied music. */
    long nanos(long nanos) {
        return Math.round(nanos * stretch);
    }
}
