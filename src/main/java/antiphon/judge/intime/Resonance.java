package antiphon.judge.intime;

/**
 * How well onsets agree with a period: the length of the mean of exp(2πi t / period), 1 if all lie evenly, about
 * √(π / 4n) for n onsets at random. Blind to where the grid lies; {@link #inPhase} is not. Pure.
 */
final class Resonance {
    private Resonance() {}

    /** NaN without onsets. */
    static double of(double[] onsetsNanos, double periodNanos) {
        return Math.hypot(real(onsetsNanos, periodNanos, 0), imaginary(onsetsNanos, periodNanos));
    }

    /** The same, with the part that lies on the grid only: 1 on it, −1 halfway between its steps, about 0 at random. */
    static double inPhase(double[] onsetsNanos, double periodNanos, double phaseNanos) {
        return real(onsetsNanos, periodNanos, phaseNanos);
    }

    /** When one of the steps is that suit these onsets best. */
    static double phaseNanos(double[] onsetsNanos, double periodNanos) {
        return Math.atan2(imaginary(onsetsNanos, periodNanos), real(onsetsNanos, periodNanos, 0))
                / (2 * Math.PI)
                * periodNanos;
    }

    private static double real(double[] onsetsNanos, double periodNanos, double phaseNanos) {
        double sum = 0;
        for (double onset : onsetsNanos) {
            sum += Math.cos(2 * Math.PI * ((onset - phaseNanos) / periodNanos));
        }
        return sum / onsetsNanos.length;
    }

    private static double imaginary(double[] onsetsNanos, double periodNanos) {
        double sum = 0;
        for (double onset : onsetsNanos) {
            sum += Math.sin(2 * Math.PI * (onset / periodNanos));
        }
        return sum / onsetsNanos.length;
    }
}
