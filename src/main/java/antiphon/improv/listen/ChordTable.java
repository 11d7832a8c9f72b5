package antiphon.improv.listen;

import java.util.StringTokenizer;

/**
 * What accompaniments are made of, counted in the training side of POP909 (733 songs, notes below the tune's range, chords
 * as annotated): how often each kind of chord stands on each degree of the key, and which of its notes are played.
 * Immutable; any thread.
 */
final class ChordTable {
    static final int CLASSES = 12;

    /** Kinds of chord: major, minor, dominant seventh, diminished. */
    static final int KINDS = 4;

    /** A chord is {@code kind * 12 + root}. */
    static final int CHORDS = KINDS * CLASSES;

    /** The triad of each kind on C, of the dominant its seventh too: a bit each. */
    private static final int[] TONES = {0b0000_1001_0001, 0b0000_1000_1001, 0b0100_1001_0001, 0b0000_0100_1001};

    /** By kind and degree, counted from the tonic of a major key, or of the major key that has a minor key's notes. */
    private static final double[] DEGREES = perMille(
            """
            178   1  15   1  26 142   1 188   3  16   6   1
              1   1  90   1  92   5   1   2   1 197   1   3
              3   1   3   1   4   1   1   9   1   4   1   1
              1   1   1   1   1   1   3   1   1   1   1   2
            """);

    /** By kind and semitones above the root: notes that are not the lowest that sounds. */
    private static final double[] INNER = perMille(
            """
            336   1  16   1 200   5   1 427   1   3   1   8
            333   1  16 178   1   7   1 440   1   1  22   1
            258   3  30   4 126  76   1 345   2   5 149   1
            386   7   1 249   2   4 275   6   5  12  47   5
            """);

    /** The same for the lowest. */
    private static final double[] LOWEST = perMille(
            """
            792   1  13   1  60   8   1 106   1   4   3  12
            789   2  10  54   1  12   1 108   2   1  23   1
            622   1  14   4  37  33   1 121   3   4 159   1
            876  13   2  36   4   9  28   5   9   3   8   6
            """);

    private ChordTable() {}

    private static double[] perMille(String rows) {
        StringTokenizer words = new StringTokenizer(rows);
        double[] values = new double[CHORDS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Integer.parseInt(words.nextToken()) / 1000.0;
        }
        return values;
    }

    /** How often a chord stands in a key. */
    static double degree(int chord, int tonic) {
        return DEGREES[chord / CLASSES * CLASSES + Math.floorMod(chord - tonic, CLASSES)];
    }

    /** How often a chord's note is of a pitch class. */
    static double note(int chord, int pitchClass, boolean lowest) {
        int place = chord / CLASSES * CLASSES + Math.floorMod(pitchClass - chord, CLASSES);
        return lowest ? LOWEST[place] : INNER[place];
    }

    /** The pitch classes of a chord: a bit each. */
    static int tones(int chord) {
        int tones = TONES[chord / CLASSES];
        int root = chord % CLASSES;
        return (tones << root | tones >> (CLASSES - root)) & (1 << CLASSES) - 1;
    }
}
