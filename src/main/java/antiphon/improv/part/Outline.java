package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Choice;
import antiphon.improv.listen.NoteList;

/**
 * The upper line of some music: the highest note of each group of notes that begin together, its steps from one to the
 * next, and how the times between them grow and shrink. One thread; allocates nothing.
 */
@HotPath
final class Outline {
    /** Onsets closer than this are one. */
    private static final long TOGETHER_NANOS = 45_000_000L;

    private static final int SEMITONES = 12;

    /** Steps that make a motif. */
    static final int MOTIF = 3;

    /** Times are alike within a factor of 2 to the power of half of this. */
    private static final double LOG_CLASS = 0.8;

    private final int[] pitches = new int[NoteList.CAPACITY];
    private final int[] classes = new int[NoteList.CAPACITY];
    private final long[] onsets = new long[NoteList.CAPACITY];
    private final int[] steps = new int[NoteList.CAPACITY];
    private final int[] paces = new int[NoteList.CAPACITY];
    private int size;

    /** Draws the outline of these notes. */
    void draw(NoteList notes) {
        size = 0;
        for (int i = 0; i < notes.size(); i++) {
            if (size > 0 && notes.onsetNanos(i) - onsets[size - 1] < TOGETHER_NANOS) {
                pitches[size - 1] = Math.max(pitches[size - 1], notes.pitch(i));
                classes[size - 1] |= 1 << notes.pitch(i) % SEMITONES;
            } else {
                pitches[size] = notes.pitch(i);
                classes[size] = 1 << notes.pitch(i) % SEMITONES;
                onsets[size] = notes.onsetNanos(i);
                size++;
            }
        }
        for (int i = 1; i < size; i++) {
            steps[i - 1] = pitches[i] - pitches[i - 1];
        }
        for (int i = 2; i < size; i++) {
            double ratio = (double) (onsets[i] - onsets[i - 1]) / (onsets[i - 1] - onsets[i - 2]);
            paces[i - 2] = (int) Math.rint(StrictMath.log(ratio) / LOG_CLASS);
        }
    }

    /** Groups of notes. */
    int size() {
        return size;
    }

    int pitch(int group) {
        return pitches[group];
    }

    long onsetNanos(int group) {
        return onsets[group];
    }

    /** The share of its groups, but the first, that are the chord or the note before once more; 1 if there is one group. */
    double standsStill() {
        int still = 0;
        for (int i = 1; i < size; i++) {
            still += isAsBefore(i) ? 1 : 0;
        }
        return size > 1 ? (double) still / (size - 1) : 1;
    }

    /** How often the same chord or note comes in a row, at most. */
    int longestStand() {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < size; i++) {
            run = i > 0 && isAsBefore(i) ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private boolean isAsBefore(int group) {
        return pitches[group] == pitches[group - 1] && classes[group] == classes[group - 1];
    }

    /** The mean of the steps' sizes in semitones. */
    double meanStep() {
        double sum = 0;
        for (int i = 0; i < size - 1; i++) {
            sum += Math.abs(steps[i]);
        }
        return size > 1 ? sum / (size - 1) : 0;
    }

    /** The share of its motifs of three steps that another has too, at any pitch; 0 if it has none. */
    double motifsOf(Outline other) {
        return shareOf(steps, size - 1, other.steps, other.size - 1);
    }

    /** Tells where its motifs are those of another, as long as they go on together. */
    void findMotifsOf(Outline other, Choice choice) {
        int i = 0;
        while (i + MOTIF < size) {
            int longest = 0;
            int at = 0;
            for (int j = 0; j + MOTIF < other.size; j++) {
                int run = sharedFrom(i, other, j);
                if (run > longest) {
                    longest = run;
                    at = j;
                }
            }
            if (longest >= MOTIF) {
                choice.addMotif(i, at, longest + 1);
            }
            i += longest >= MOTIF ? longest : 1;
        }
    }

    /** So many steps are the same from here on. */
    private int sharedFrom(int from, Outline other, int otherFrom) {
        int run = 0;
        while (from + run < size - 1
                && otherFrom + run < other.size - 1
                && steps[from + run] == other.steps[otherFrom + run]) {
            run++;
        }
        return run;
    }

    /** The share of its figures of rhythm that another has too, at any tempo; 0 if it has none. */
    double rhythmsOf(Outline other) {
        return shareOf(paces, size - 2, other.paces, other.size - 2);
    }

    private static double shareOf(int[] own, int ownSize, int[] others, int othersSize) {
        int motifs = ownSize - MOTIF + 1;
        int shared = 0;
        for (int i = 0; i < motifs; i++) {
            shared += contains(own, i, others, othersSize - MOTIF + 1, MOTIF) ? 1 : 0;
        }
        return motifs > 0 ? (double) shared / motifs : 0;
    }

    private static boolean contains(int[] own, int at, int[] others, int places, int length) {
        for (int j = 0; j < places; j++) {
            boolean same = true;
            for (int k = 0; k < length && same; k++) {
                same = own[at + k] == others[j + k];
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** The share of its groups of notes that lie in runs of so many steps which another has too. */
    double shareInRunsOf(Outline other, int run) {
        int covered = 0;
        int until = 0;
        for (int i = 0; i + run < size; i++) {
            if (contains(steps, i, other.steps, other.size - run, run)) {
                covered += i + run + 1 - Math.max(i, until);
                until = i + run + 1;
            }
        }
        return size > 0 ? (double) covered / size : 0;
    }

    /** The longest run of steps that is the same in another, as a share of its own steps. */
    double copiedFrom(Outline other) {
        int longest = 0;
        for (int i = 0; i < size - 1; i++) {
            for (int j = 0; j < other.size - 1; j++) {
                longest = Math.max(longest, sharedFrom(i, other, j));
            }
        }
        return size > 1 ? (double) longest / (size - 1) : 0;
    }
}
