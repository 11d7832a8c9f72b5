package antiphon.improv.listen;

import antiphon.HotPath;

/**
 * Which chord is played, from notes that sound together or one after another: the forward algorithm of a hidden Markov
 * model (Rabiner 1989) of {@value ChordTable#CHORDS} chords in each of 12 keys. As time goes by another chord becomes
 * likelier, one of the key's degrees; each note makes chords that have it likelier. Causal. One thread; allocates nothing.
 */
@HotPath
final class HandChords {
    private static final int CLASSES = ChordTable.CLASSES;
    private static final int CHORDS = ChordTable.CHORDS;

    /** A chord lasts about so long, where nothing is known. */
    private static final double CHORD_NANOS = 1.5e9;

    /** Notes closer than this belong to one chord. */
    private static final long TOGETHER_NANOS = 40_000_000L;

    /** How likely the key changes with a note. */
    private static final double KEY_CHANGE = 0.002;

    /** A note of the tune says less of the chord than one of the accompaniment: the power of what it says. */
    private static final double TUNE_SAYS = 0.4;

    private final double[] degrees = new double[CLASSES * CHORDS];
    private final double[] inner = new double[CHORDS * CLASSES];
    private final double[] lowest = new double[CHORDS * CLASSES];
    private final double[] tune = new double[CHORDS * CLASSES];
    private final double[] beliefs = new double[CLASSES * CHORDS];
    private final double[] chords = new double[CHORDS];
    private final double[] keys = new double[CLASSES];
    private final double[] shares = new double[CLASSES];
    private long lastNanos;
    private boolean heard;

    HandChords() {
        for (int chord = 0; chord < CHORDS; chord++) {
            for (int i = 0; i < CLASSES; i++) {
                degrees[i * CHORDS + chord] = ChordTable.degree(chord, i);
                inner[chord * CLASSES + i] = ChordTable.note(chord, i, false);
                lowest[chord * CLASSES + i] = ChordTable.note(chord, i, true);
                tune[chord * CLASSES + i] = StrictMath.exp(TUNE_SAYS * StrictMath.log(inner[chord * CLASSES + i]));
            }
        }
        forget();
    }

    /** Nothing was played. */
    void forget() {
        heard = false;
        for (int key = 0; key < CLASSES; key++) {
            for (int chord = 0; chord < CHORDS; chord++) {
                beliefs[key * CHORDS + chord] = degrees[key * CHORDS + chord] / CLASSES;
            }
        }
        sum();
    }

    /**
     * Hears a note of the accompaniment.
     *
     * @param isLowest nothing below it sounds
     */
    void hear(int pitch, boolean isLowest, long nanos) {
        hear(pitch, isLowest ? lowest : inner, nanos);
    }

    /** Hears a note of the tune. */
    void hearTune(int pitch, long nanos) {
        hear(pitch, tune, nanos);
    }

    private void hear(int pitch, double[] says, long nanos) {
        if (heard) {
            pass(nanos - lastNanos);
        }
        heard = true;
        lastNanos = nanos;
        double total = 0;
        for (int i = 0; i < beliefs.length; i++) {
            beliefs[i] *= says[i % CHORDS * CLASSES + pitch % CLASSES];
            total += beliefs[i];
        }
        for (int i = 0; i < beliefs.length; i++) {
            beliefs[i] /= total;
        }
        sum();
    }

    private void pass(long spanNanos) {
        double change = spanNanos < TOGETHER_NANOS ? 0 : 1 - StrictMath.exp(-spanNanos / CHORD_NANOS);
        double keyChange = spanNanos < TOGETHER_NANOS ? 0 : KEY_CHANGE;
        for (int key = 0; key < CLASSES; key++) {
            double inKey = (1 - keyChange) * keys[key] + keyChange / CLASSES;
            for (int chord = 0; chord < CHORDS; chord++) {
                int i = key * CHORDS + chord;
                beliefs[i] = (1 - keyChange) * (1 - change) * beliefs[i]
                        + (inKey - (1 - keyChange) * (1 - change) * keys[key]) * degrees[i];
            }
        }
    }

    private void sum() {
        for (int i = 0; i < CLASSES; i++) {
            keys[i] = 0;
            shares[i] = 0;
        }
        for (int chord = 0; chord < CHORDS; chord++) {
            chords[chord] = 0;
        }
        for (int i = 0; i < beliefs.length; i++) {
            keys[i / CHORDS] += beliefs[i];
            chords[i % CHORDS] += beliefs[i];
        }
        for (int chord = 0; chord < CHORDS; chord++) {
            int tones = ChordTable.tones(chord);
            for (int i = 0; i < CLASSES; i++) {
                shares[i] += (tones >> i & 1) * chords[chord];
            }
        }
    }

    /** How likely a pitch class is in the chord, 0 to 1. */
    double share(int pitchClass) {
        return shares[pitchClass];
    }

    /** The likeliest chord: see {@link ChordTable}. */
    int chord() {
        int best = 0;
        for (int chord = 1; chord < CHORDS; chord++) {
            best = chords[chord] > chords[best] ? chord : best;
        }
        return best;
    }

    /** The tonic of the likeliest key, taken as major: a pitch class. */
    int tonic() {
        int best = 0;
        for (int key = 1; key < CLASSES; key++) {
            best = keys[key] > keys[best] ? key : best;
        }
        return best;
    }
}
