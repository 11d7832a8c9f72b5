package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * Which chord the human's music stands in, and in which key: heard from the accompaniment where there is one (a left hand,
 * or three pitch classes at once), otherwise guessed from the tune. What a pitch class is worth is a probability, so that
 * who plays with it can prefer notes that many likely chords share. Causal: each note counts from its beginning. One
 * thread; allocates nothing.
 */
@HotPath
public final class Chords {
    private static final int CLASSES = 12;

    /** So many pitch classes at once are a chord. */
    private static final int CHORD = 3;

    /** So long after the last chord or note of the left hand the tune alone is believed again. */
    private static final long STAYS_NANOS = 5_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final HandChords played = new HandChords();
    private final TuneChords guessed = new TuneChords();
    private final HandSplit split = new HandSplit();
    private long accompaniedNanos = NEVER;
    private long nowNanos;
    private boolean heard;

    /** Where the human's hands part. */
    public HandSplit split() {
        return split;
    }

    /** Nothing was played. */
    void forget() {
        played.forget();
        guessed.forget();
        split.forget();
        accompaniedNanos = NEVER;
        heard = false;
    }

    /** The human begins a note; the hands know it. */
    void began(int pitch, Hands hands, long nanos) {
        split.hear(pitch, hands, nanos);
        nowNanos = nanos;
        heard = true;
        boolean left = split.isLeft(pitch);
        boolean chord = classesHeld(hands) >= CHORD;
        if (left || chord) {
            accompaniedNanos = nanos;
        }
        if (left || (chord && !split.isKnown())) {
            played.hear(pitch, isLowest(pitch, hands), nanos);
        } else {
            played.hearTune(pitch, nanos);
        }
        if (!left) {
            guessed.hear(pitch, nanos);
        }
    }

    /** A note of the human's ends. */
    void ended(int pitch, long nanos) {
        guessed.ended(pitch, nanos);
    }

    private static int classesHeld(Hands hands) {
        int classes = 0;
        for (int pitch = 0; pitch < 128; pitch++) {
            classes |= hands.isHeld(pitch) ? 1 << pitch % CLASSES : 0;
        }
        return Integer.bitCount(classes);
    }

    private static boolean isLowest(int pitch, Hands hands) {
        for (int below = 0; below < pitch; below++) {
            if (hands.isHeld(below)) {
                return false;
            }
        }
        return true;
    }

    /** True if anything was heard. */
    public boolean isKnown() {
        return heard;
    }

    /** True if the chord is heard from an accompaniment, not guessed from a tune. */
    public boolean isPlayed() {
        return nowNanos - accompaniedNanos < STAYS_NANOS;
    }

    /** How likely a pitch's class is in the chord, 0 to 1; 0 if nothing was heard. */
    public double share(int pitch) {
        if (!heard) {
            return 0;
        }
        return isPlayed() ? played.share(pitch % CLASSES) : guessed.share(pitch % CLASSES);
    }

    /** The pitch classes of the likeliest chord: a bit {@code 1 << pitchClass} each. */
    public int classes() {
        if (isPlayed()) {
            return ChordTable.tones(played.chord());
        }
        int best = 0;
        double highest = -1;
        for (int chord = 0; chord < 2 * CLASSES; chord++) {
            int tones = ChordTable.tones(chord);
            double sum = 0;
            for (int i = 0; i < CLASSES; i++) {
                sum += (tones >> i & 1) * share(i);
            }
            if (sum > highest) {
                highest = sum;
                best = tones;
            }
        }
        return best;
    }

    /** The tonic of the key, taken as major (A minor is C), as a pitch class. */
    public int tonic() {
        return isPlayed() ? played.tonic() : guessed.tonic();
    }
}
