package antiphon.judge.beat;

import java.util.Arrays;

/** How the beat that was found lies to the true one. */
enum Level {
    RIGHT,
    OFF_BEAT,
    DOUBLE,
    HALF,
    THIRDS,
    OTHER,
    UNSURE;

    private static final double TOLERANCE = 0.06;
    private static final double PHASE_TOLERANCE = 0.175;
    private static final double[] IN_THIRDS = {1 / 3.0, 2 / 3.0, 3 / 4.0, 4 / 3.0, 3 / 2.0, 3};

    /**
     * The level of a beat.
     *
     * @param ratio of the period found to the true one
     * @param phase how far the beat found lies from a true one, in true beats
     */
    static Level of(double ratio, double phase) {
        double off = Math.abs(Math.IEEEremainder(phase, 1));
        if (isNear(ratio, 1)) {
            if (off <= PHASE_TOLERANCE) {
                return RIGHT;
            }
            return off >= 0.5 - PHASE_TOLERANCE ? OFF_BEAT : OTHER;
        }
        if (isNear(ratio, 0.5) || isNear(ratio, 2)) {
            boolean fits = ratio > 1 ? off <= PHASE_TOLERANCE : Math.abs(Math.IEEEremainder(phase, 0.5)) <= 0.1;
            Level level = ratio > 1 ? HALF : DOUBLE;
            return fits ? level : OTHER;
        }
        return Arrays.stream(IN_THIRDS).anyMatch(each -> isNear(ratio, each)) ? THIRDS : OTHER;
    }

    private static boolean isNear(double ratio, double wanted) {
        return Math.abs(ratio / wanted - 1) <= TOLERANCE;
    }
}
