package antiphon.improv;

import antiphon.HotPath;

/**
 * Why the partner plays what it plays: the whole answer that was chosen last, those that were nearly chosen, and what the
 * chosen one takes up of the call. Filled anew with each choice. One thread; allocates nothing.
 */
@HotPath
public final class Choice {
    /** Answers that are told of. */
    public static final int MAX_KEPT = 6;

    /** Places where it takes up the call that are told of. */
    public static final int MAX_MOTIFS = 16;

    private static final int PERCENT = 100;
    private static final int BITS = 8;
    private static final int MASK = (1 << BITS) - 1;

    private final int[] about = new int[MAX_KEPT];
    private final double[] scores = new double[MAX_KEPT];
    private final int[] answerGroups = new int[MAX_MOTIFS];
    private final int[] callGroups = new int[MAX_MOTIFS];
    private final int[] lengths = new int[MAX_MOTIFS];
    private int kept;
    private int motifs;
    private int rank;
    private int tried;
    private long number;

    /**
     * Another answer has been chosen.
     *
     * @param newTried answers that were imagined to their end
     * @param newRank 0 for the best
     */
    public void begin(int newTried, int newRank) {
        tried = newTried;
        rank = newRank;
        kept = 0;
        motifs = 0;
        number++;
    }

    /** The next best of the answers that were kept, the best first. */
    public void add(Origin origin, double motifShare, double score) {
        about[kept] = origin.number() | (int) Math.round(motifShare * PERCENT) << BITS;
        scores[kept] = score;
        kept++;
    }

    /**
     * So many groups of notes that begin together, in the answer from one group on, are a motif of the call's from another
     * on; both counted from 0.
     */
    public void addMotif(int answerGroup, int callGroup, int length) {
        if (motifs < MAX_MOTIFS) {
            answerGroups[motifs] = answerGroup;
            callGroups[motifs] = callGroup;
            lengths[motifs] = length;
            motifs++;
        }
    }

    /** How many choices there were; changes with each. */
    public long number() {
        return number;
    }

    /** Answers that were imagined to their end. */
    public int tried() {
        return tried;
    }

    /** The chosen one's place among those kept: 0 for the best. */
    public int rank() {
        return rank;
    }

    /** Answers that were kept. */
    public int kept() {
        return kept;
    }

    /** Where one of them came from and how much of the call's motifs it has: see {@link #originOf}. */
    public int about(int place) {
        return about[place];
    }

    /** What the critic gave it. */
    public double score(int place) {
        return scores[place];
    }

    /** Places where the chosen one takes up the call. */
    public int motifs() {
        return motifs;
    }

    public int answerGroup(int motif) {
        return answerGroups[motif];
    }

    public int callGroup(int motif) {
        return callGroups[motif];
    }

    /** In groups of notes. */
    public int length(int motif) {
        return lengths[motif];
    }

    /** Where an answer came from, of what {@link #about} says. */
    public static Origin originOf(int about) {
        return Origin.of(about & MASK);
    }

    /** How many percent of its motifs are the call's. */
    public static int motifPercentOf(int about) {
        return about >>> BITS;
    }
}
