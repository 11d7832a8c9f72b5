package antiphon.improv;

import antiphon.HotPath;
import antiphon.music.Scale;

/**
 * The part of the {@link Dials} by which somebody steers what is played: at first as {@link Settings.Steer} says. The
 * improviser's thread; allocates nothing.
 */
@HotPath
public final class SteerDials {
    /** At full boldness temperatures are so many times as high, and at none so many times lower. */
    private static final double WARMER = 1.25;

    /** At full boldness what was played before counts so many times less, and at none so many times more. */
    private static final double MORE_MEMORY = 4;

    private static final double MIDDLE = Settings.Steer.MIDDLE;

    private Scale scale;
    private boolean keyLock;
    private double keyBias;
    private int lowest;
    private int highest;
    private long maxNoteNanos;
    private int boldness;

    /** Begins with these settings. */
    SteerDials(Settings.Steer steer) {
        scale = steer.scale();
        keyLock = steer.keyLock();
        keyBias = steer.keyBias();
        lowest = steer.lowest();
        highest = steer.highest();
        maxNoteNanos = steer.maxNoteNanos();
        boldness = steer.boldness();
    }

    /** Becomes the same as others. */
    void follow(SteerDials other) {
        scale = other.scale;
        keyLock = other.keyLock;
        keyBias = other.keyBias;
        lowest = other.lowest;
        highest = other.highest;
        maxNoteNanos = other.maxNoteNanos;
        boldness = other.boldness;
    }

    /** Takes over the value of a control; one of another kind changes nothing here. */
    void set(Control control, long value) {
        switch (control) {
            case SCALE -> scale = Scale.of((int) value);
            case KEY_LOCK -> keyLock = value != 0;
            case KEY_BIAS -> keyBias = Control.unpack(value);
            case LOWEST -> lowest = (int) value;
            case HIGHEST -> highest = (int) value;
            case MAX_NOTE -> maxNoteNanos = value;
            case BOLDNESS -> boldness = (int) value;
            default -> {}
        }
    }

    /** What the answer's pitches are pulled to. */
    public Scale scale() {
        return scale;
    }

    /** No note of the answer lies outside of that. */
    public boolean keyLock() {
        return keyLock;
    }

    /** How strongly they are pulled: 0 not at all. */
    public double keyBias() {
        return keyBias;
    }

    /** The lowest pitch of the answer. */
    public int lowest() {
        return lowest;
    }

    /** The highest pitch of the answer. */
    public int highest() {
        return highest;
    }

    /** How long a note of the answer may last; {@link Long#MAX_VALUE} if nobody says. */
    public long maxNoteNanos() {
        return maxNoteNanos == Settings.Steer.AUTO_NOTE ? Long.MAX_VALUE : maxNoteNanos;
    }

    /** How far the answer may go from what was played: 0 to 100, {@value Settings.Steer#MIDDLE} in the middle. */
    public int boldness() {
        return boldness;
    }

    /** By this temperatures are multiplied: 1 in the middle. */
    public double warmth() {
        return power(WARMER, (boldness - MIDDLE) / MIDDLE);
    }

    /** By this the odds of what was played before are multiplied: 1 in the middle. */
    public double memoryShare() {
        return power(MORE_MEMORY, (MIDDLE - boldness) / MIDDLE);
    }

    /** The share of the answers that are tried which are developed from the call's own material: half in the middle. */
    public double developedShare() {
        return 1 - boldness / (2 * MIDDLE);
    }

    /** How much answers that take up the call's motifs are wanted: 1 with no boldness, 0 in the middle, −1 with all. */
    public double closeness() {
        return (MIDDLE - boldness) / MIDDLE;
    }

    /**
     * A factor by which one of several answers differs from the others, further away from 1 the bolder they are; itself
     * in the middle.
     */
    public double spread(double factor) {
        return power(factor, boldness / MIDDLE);
    }

    /** As {@link StrictMath#pow}, which makes arrays. */
    private static double power(double base, double exponent) {
        return exponent == 1 ? base : StrictMath.exp(exponent * StrictMath.log(base));
    }
}
