package antiphon.judge;

import antiphon.music.Note;
import java.util.List;

/**
 * A key, found by correlating how long each pitch class sounds with the profiles of Krumhansl and Kessler (1982), as in
 * Krumhansl, <i>Cognitive Foundations of Musical Pitch</i> (1990). Immutable.
 *
 * @param tonic pitch class, 0 is C
 */
record Key(int tonic, boolean minor) {
    static final int PITCH_CLASSES = 12;

    private static final double[] MAJOR_PROFILE = {
        6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88
    };
    private static final double[] MINOR_PROFILE = {
        6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17
    };

    /** In how many segments of a textbook's pieces each degree occurs. */
    private static final double[] MAJOR_DEGREES = {
        0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400
    };

    private static final double[] MINOR_DEGREES = {
        0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330
    };

    private static final int[] MAJOR_SCALE = {0, 2, 4, 5, 7, 9, 11};
    private static final int RELATIVE_MAJOR = 3;
    private static final int MINOR_THIRD = 3;
    private static final int MAJOR_THIRD = 4;
    private static final int FIFTH = 7;
    private static final double SHORTEST_SECONDS = 0.05;
    private static final double LONGEST_SECONDS = 2;
    private static final String[] NAMES = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};

    /** The key that fits the notes best. */
    static Key of(List<Note> notes) {
        return of(notes, MAJOR_PROFILE, MINOR_PROFILE);
    }

    /**
     * The same by the profiles of Temperley, <i>Music and Probability</i> (2007), which find the tonic of a short tune more
     * often: of the Ode to Joy C, where those of Krumhansl say G. One pitch alone is taken for the tonic.
     */
    static Key ofTune(List<Note> notes) {
        int[] classes = notes.stream()
                .mapToInt(note -> note.pitch() % PITCH_CLASSES)
                .distinct()
                .toArray();
        return classes.length == 1 ? new Key(classes[0], false) : of(notes, MAJOR_DEGREES, MINOR_DEGREES);
    }

    private static Key of(List<Note> notes, double[] major, double[] minorProfile) {
        double[] weights = new double[PITCH_CLASSES];
        for (Note note : notes) {
            weights[note.pitch() % PITCH_CLASSES] +=
                    Math.clamp(note.durationNanos() / 1e9, SHORTEST_SECONDS, LONGEST_SECONDS);
        }
        Key best = new Key(0, false);
        double highest = Double.NEGATIVE_INFINITY;
        for (int tonic = 0; tonic < PITCH_CLASSES; tonic++) {
            for (boolean minor : new boolean[] {false, true}) {
                double fit = correlation(rotated(weights, tonic), minor ? minorProfile : major);
                if (fit > highest) {
                    highest = fit;
                    best = new Key(tonic, minor);
                }
            }
        }
        return best;
    }

    private static double[] rotated(double[] weights, int tonic) {
        double[] rotated = new double[PITCH_CLASSES];
        for (int i = 0; i < PITCH_CLASSES; i++) {
            rotated[i] = weights[(i + tonic) % PITCH_CLASSES];
        }
        return rotated;
    }

    /** Pearson's correlation; 0 if either is constant. */
    static double correlation(double[] one, double[] other) {
        double oneMean = Statistics.mean(one);
        double otherMean = Statistics.mean(other);
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += (one[i] - oneMean) * (other[i] - otherMean);
            oneSquare += (one[i] - oneMean) * (one[i] - oneMean);
            otherSquare += (other[i] - otherMean) * (other[i] - otherMean);
        }
        return oneSquare == 0 || otherSquare == 0 ? 0 : product / Math.sqrt(oneSquare * otherSquare);
    }

    /** True for the seven pitch classes of the major scale or, in minor, of its relative major. */
    boolean contains(int pitch) {
        int major = minor ? tonic + RELATIVE_MAJOR : tonic;
        int degree = Math.floorMod(pitch - major, PITCH_CLASSES);
        for (int step : MAJOR_SCALE) {
            if (step == degree) {
                return true;
            }
        }
        return false;
    }

    /** True for the tonic, its third and its fifth. */
    boolean isInTonicTriad(int pitch) {
        int degree = Math.floorMod(pitch - tonic, PITCH_CLASSES);
        return degree == 0 || degree == (minor ? MINOR_THIRD : MAJOR_THIRD) || degree == FIFTH;
    }

    /** The share of notes that lie in this key, 0 to 1; NaN without notes. */
    double share(List<Note> notes) {
        return notes.stream()
                .mapToDouble(note -> contains(note.pitch()) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** For people: {@code Eb major}. */
    String text() {
        return NAMES[tonic] + (minor ? " minor" : " major");
    }
}
