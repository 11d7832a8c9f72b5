package antiphon.improv.part;

import antiphon.HotPath;
import java.util.Arrays;

/**
 * What moving voices beside a tune costs, in nats: small steps are cheap, parallel octaves and fifths and clashes on strong
 * beats dear, as taught since Fux (1725). Never forbids: where everything costs, the cheapest is played. One thread;
 * allocates nothing.
 */
@HotPath
final class VoiceLeading {
    private static final int NONE = -1;
    private static final int OCTAVE = 12;
    private static final int FIFTH = 7;

    /** What each semitone of a voice's own motion costs, and each beyond a third more. */
    private static final double STEP_COST = 0.1;

    private static final double LEAP_COST = 0.15;
    private static final int LEAP = 4;

    private static final double PARALLEL_OCTAVE_COST = 8;
    private static final double PARALLEL_FIFTH_COST = 3;

    /** By semitones within an octave, what an interval costs on a strong beat: seconds, the tritone, sevenths. */
    private static final double[] CLASH_COST = {0, 4, 2, 0, 0, 0.3, 2, 0, 0, 0, 1, 4};

    /** Between beats a clash passes. */
    private static final double WEAK = 0.4;

    /** After a silence this long a new line begins. */
    private static final long LINE_NANOS = 3_000_000_000L;

    private final int[] last;
    private final int[] now;
    private int lastTune;
    private int tune;
    private long nanos;

    /** For so many voices at most. */
    VoiceLeading(int voices) {
        last = new int[voices];
        now = new int[voices];
        forget();
    }

    /** A new line begins. */
    void forget() {
        Arrays.fill(last, NONE);
        Arrays.fill(now, NONE);
        lastTune = NONE;
        tune = NONE;
    }

    /** The tune goes on. */
    void follow(int pitch, long atNanos) {
        if (tune != NONE && atNanos - nanos >= LINE_NANOS) {
            forget();
        }
        System.arraycopy(now, 0, last, 0, now.length);
        Arrays.fill(now, NONE);
        lastTune = tune;
        tune = pitch;
        nanos = atNanos;
    }

    /** A voice has taken a pitch. */
    void take(int voice, int pitch) {
        now[voice] = pitch;
    }

    /**
     * What it costs that a voice takes a pitch now, after {@link #follow}.
     *
     * @param voice 0 for the one nearest to the tune; those before it have taken theirs
     */
    double cost(int voice, int pitch, boolean strong) {
        double clash = CLASH_COST[Math.abs(tune - pitch) % OCTAVE];
        double cost = 0;
        if (last[voice] != NONE) {
            int step = Math.abs(pitch - last[voice]);
            cost += STEP_COST * step + LEAP_COST * Math.max(0, step - LEAP);
            cost += parallel(last[voice], pitch, lastTune, tune);
        }
        for (int other = 0; other < voice; other++) {
            if (now[other] == NONE) {
                continue;
            }
            clash += CLASH_COST[Math.abs(now[other] - pitch) % OCTAVE];
            if (last[voice] != NONE && last[other] != NONE) {
                cost += parallel(last[voice], pitch, last[other], now[other]);
            }
        }
        return cost + (strong ? clash : WEAK * clash);
    }

    private static double parallel(int from, int to, int otherFrom, int otherTo) {
        if (otherFrom == NONE || to == from || to - from != otherTo - otherFrom) {
            return 0;
        }
        int interval = Math.abs(otherTo - to) % OCTAVE;
        return interval == 0 ? PARALLEL_OCTAVE_COST : interval == FIFTH ? PARALLEL_FIFTH_COST : 0;
    }
}
