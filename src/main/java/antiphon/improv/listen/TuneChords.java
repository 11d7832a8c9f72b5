package antiphon.improv.listen;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * Which pitch classes are likely in the chord that a tune asks for, while nobody plays chords: a small network with one
 * hidden layer that has learned it from tunes with annotated chords, see {@link TuneWeights}. It is told, relative to the
 * key, the last notes, how long some of them lasted, and what was played of late; where the key is not sure it is asked
 * for each that is likely. One thread; allocates nothing.
 */
@HotPath
final class TuneChords {
    private static final int CLASSES = 12;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Notes that it is told; of the first of these but the newest also how long they lasted. */
    private static final int NOTES = 8;

    private static final int TIMED = 4;

    /** Where these begin among the inputs. */
    private static final int RECENT = (NOTES + TIMED) * CLASSES;

    private static final int GAPS = RECENT + 3 * CLASSES;

    /** So long, in seconds, what was played counts, e times less after each. */
    private static final double[] FADES = {1.2, 5, 20};

    /** Longer gaps and notes count as so long, in seconds; and a note counts as so much longer than it is. */
    private static final double LONGEST_GAP = 2;

    private static final double LONGEST_NOTE = 1.5;
    private static final double SHORTEST_NOTE = 0.15;

    /** Keeps little from counting much. */
    private static final double LITTLE = 0.3;

    /** Keys less likely are not asked for. */
    private static final double UNLIKELY = 0.1;

    private final TuneWeights weights = TuneWeights.SHIPPED;
    private final KeySense key = new KeySense();
    private final float[] hidden = new float[TuneWeights.HIDDEN];
    private final double[] recent = new double[FADES.length * CLASSES];
    private final double[] sums = new double[FADES.length];

    /** The last notes, the newest first, and the seconds from each to the next. */
    private final int[] pitches = new int[NOTES];

    private final double[] gaps = new double[NOTES];
    private final double[] shares = new double[CLASSES];
    private int notes;
    private long lastNanos;
    private long lastEndNanos;

    TuneChords() {
        forget();
    }

    /** Nothing was played. */
    void forget() {
        notes = 0;
        key.forget();
        Arrays.fill(recent, 0);
        Arrays.fill(sums, 0);
        Arrays.fill(shares, 0);
    }

    /** A note of the tune ends. */
    void ended(int pitch, long nanos) {
        if (notes > 0 && pitch == pitches[0] && lastEndNanos == Long.MAX_VALUE) {
            lastEndNanos = nanos;
        }
    }

    /** The tune goes on with a note. */
    void hear(int pitch, long nanos) {
        if (notes > 0) {
            pass(nanos);
        }
        for (int i = NOTES - 1; i > 0; i--) {
            pitches[i] = pitches[i - 1];
            gaps[i] = gaps[i - 1];
        }
        pitches[0] = pitch;
        notes = Math.min(notes + 1, NOTES);
        lastNanos = nanos;
        lastEndNanos = Long.MAX_VALUE;
        key.hear(pitch);
        guess();
    }

    /** Time passes until the next note. */
    private void pass(long nanos) {
        double gap = Math.max(0, (nanos - lastNanos) / NANOS_PER_SECOND);
        double held = Math.max(0, (Math.min(lastEndNanos, nanos) - lastNanos) / NANOS_PER_SECOND);
        double weight = Math.min(held, LONGEST_NOTE) + SHORTEST_NOTE;
        for (int fade = 0; fade < FADES.length; fade++) {
            double stays = StrictMath.exp(-gap / FADES[fade]);
            recent[fade * CLASSES + pitches[0] % CLASSES] += weight;
            sums[fade] = (sums[fade] + weight) * stays;
            for (int i = fade * CLASSES; i < (fade + 1) * CLASSES; i++) {
                recent[i] *= stays;
            }
        }
        // Its place among the gaps is that of the note which is the last until now.
        gaps[0] = Math.min(gap, LONGEST_GAP);
    }

    private void guess() {
        Arrays.fill(shares, 0);
        double asked = 0;
        for (int tonic = 0; tonic < CLASSES; tonic++) {
            double likely = key.probability(tonic);
            if (tonic == key.tonic() || likely >= UNLIKELY) {
                asked += likely;
                guess(tonic, likely);
            }
        }
        for (int i = 0; i < CLASSES; i++) {
            shares[i] /= asked;
        }
    }

    private void guess(int tonic, double likely) {
        weights.begin(hidden);
        int place = 0;
        for (int i = 0; i < NOTES; i++) {
            boolean timed = i >= 1 && i <= TIMED;
            if (i < notes) {
                int degree = Math.floorMod(pitches[i] - tonic, CLASSES);
                weights.add(place + degree, 1, hidden);
                if (timed) {
                    weights.add(place + CLASSES + degree, (float) Math.min(gaps[i], LONGEST_NOTE), hidden);
                }
            }
            place += timed ? 2 * CLASSES : CLASSES;
        }
        for (int i = 0; i < recent.length; i++) {
            int degree = Math.floorMod(i - tonic, CLASSES);
            if (recent[i] > 0) {
                float value = (float) (recent[i] / (sums[i / CLASSES] + LITTLE));
                weights.add(RECENT + i / CLASSES * CLASSES + degree, value, hidden);
            }
        }
        for (int i = 0; i < TIMED; i++) {
            weights.add(GAPS + i, (float) (i + 1 < notes ? gaps[i + 1] : 0), hidden);
        }
        for (int degree = 0; degree < CLASSES; degree++) {
            double logit = weights.ofClass(hidden, degree);
            shares[(degree + tonic) % CLASSES] += likely / (1 + StrictMath.exp(-logit));
        }
    }

    /** How likely a pitch class is in the chord, 0 to 1. */
    double share(int pitchClass) {
        return shares[pitchClass];
    }

    /** The tonic of the likeliest key, taken as major: a pitch class. */
    int tonic() {
        return key.tonic();
    }
}
