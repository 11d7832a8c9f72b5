package antiphon.music;

import antiphon.HotPath;
import java.util.Locale;

/**
 * Which pitch classes music keeps to: a kind of scale on a tonic, or that of the key that is heard. Immutable.
 *
 * @param tonic its pitch class, 0 (C) to 11; 0 for a kind that has none
 */
public record Scale(Kind kind, int tonic) {
    /** Pitch classes: a bit {@code 1 << pitchClass} each. */
    public static final int ALL_CLASSES = 0xFFF;

    private static final int OCTAVE = 12;
    private static final int MINOR_THIRD = 3;
    private static final int MAJOR_THIRD = 4;

    /** Appended to only: rings and journals carry numbers made of theirs. */
    public enum Kind {
        /** Whatever key is heard. */
        AUTO(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        CHROMATIC(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        MAJOR(0, 2, 4, 5, 7, 9, 11),
        MINOR(0, 2, 3, 5, 7, 8, 10),
        HARMONIC_MINOR(0, 2, 3, 5, 7, 8, 11),
        MELODIC_MINOR(0, 2, 3, 5, 7, 9, 11),
        DORIAN(0, 2, 3, 5, 7, 9, 10),
        PHRYGIAN(0, 1, 3, 5, 7, 8, 10),
        LYDIAN(0, 2, 4, 6, 7, 9, 11),
        MIXOLYDIAN(0, 2, 4, 5, 7, 9, 10),
        LOCRIAN(0, 1, 3, 5, 6, 8, 10),
        MAJOR_PENTATONIC(0, 2, 4, 7, 9),
        MINOR_PENTATONIC(0, 3, 5, 7, 10),
        BLUES(0, 3, 5, 6, 7, 10),
        WHOLE_TONE(0, 2, 4, 6, 8, 10);

        private final int classes;

        Kind(int... degrees) {
            int bits = 0;
            for (int degree : degrees) {
                bits |= 1 << degree;
            }
            classes = bits;
        }

        /** False if it is the same on every tonic. */
        public boolean hasTonic() {
            return this != AUTO && this != CHROMATIC;
        }

        /** Its name for people, such as "harmonic minor". */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        private boolean isMinor() {
            return has(MINOR_THIRD) && !has(MAJOR_THIRD);
        }

        private boolean has(int degree) {
            return (classes >> degree & 1) != 0;
        }
    }

    /** That of the key that is heard. */
    public static final Scale AUTO = new Scale(Kind.AUTO, 0);

    private static final String[] MAJOR_TONICS = {"C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
    private static final String[] MINOR_TONICS = {"C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"};
    private static final Scale[] ALL = all();

    private static Scale[] all() {
        Scale[] all = new Scale[Kind.values().length * OCTAVE];
        for (Kind kind : Kind.values()) {
            for (int tonic = 0; tonic < OCTAVE; tonic++) {
                all[number(kind, tonic)] = new Scale(kind, tonic);
            }
        }
        return all;
    }

    /** One on a tonic; that does not count where the kind has none. */
    public Scale {
        tonic = kind.hasTonic() ? Math.floorMod(tonic, OCTAVE) : 0;
    }

    /** Its number in rings and journals; see {@link #of}. */
    public int number() {
        return number(kind, tonic);
    }

    @SuppressWarnings("EnumOrdinal") // Rings and journals carry numbers.
    private static int number(Kind kind, int tonic) {
        return kind.ordinal() * OCTAVE + tonic;
    }

    /** The scale with this number; makes none. */
    @HotPath
    public static Scale of(int number) {
        return ALL[number];
    }

    /** True if it is a given one, whatever key is heard. */
    @HotPath
    public boolean isNamed() {
        return kind != Kind.AUTO;
    }

    /** Its pitch classes: a bit {@code 1 << pitchClass} each. */
    @HotPath
    public int classes() {
        return (kind.classes << tonic | kind.classes >> (OCTAVE - tonic)) & ALL_CLASSES;
    }

    private static int classes(Kind kind, int tonic) {
        return ALL[number(kind, tonic)].classes();
    }

    /** True if the pitch class of a pitch belongs to some. */
    @HotPath
    public static boolean has(int classes, int pitch) {
        return (classes >> pitch % OCTAVE & 1) != 0;
    }

    /** Its key: the tonic, and 12 more if its third is minor; -1 if it has no tonic. */
    @HotPath
    public int key() {
        return kind.hasTonic() ? kind.isMinor() ? tonic + OCTAVE : tonic : -1;
    }

    /**
     * The pitch classes of a key: the major scale, or the minor one with the leading note besides.
     *
     * @param key the tonic, and 12 more if it is minor; below 0 for none: all
     */
    @HotPath
    public static int classesOf(int key) {
        if (key < 0) {
            return ALL_CLASSES;
        }
        return key < OCTAVE
                ? classes(Kind.MAJOR, key)
                : classes(Kind.MINOR, key - OCTAVE) | classes(Kind.HARMONIC_MINOR, key - OCTAVE);
    }

    /** As people write it, such as "F# blues". */
    public String text() {
        return kind.hasTonic()
                ? (kind.isMinor() ? MINOR_TONICS : MAJOR_TONICS)[tonic] + " " + kind.text()
                : kind.text();
    }
}
