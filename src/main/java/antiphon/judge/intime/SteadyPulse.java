package antiphon.judge.intime;

/**
 * Where the beats of a steady call are, and the grid between them. Immutable.
 *
 * @param beatNanos from one beat to the next
 * @param phaseNanos when one of the beats is
 * @param stepsPerBeat of the grid
 * @param swing how much longer the first eighth of a beat is than the second; 1 if they are equal, NaN if unknown
 */
public record SteadyPulse(double beatNanos, double phaseNanos, int stepsPerBeat, double swing) {
    /** From one step of the grid to the next. */
    public double stepNanos() {
        return beatNanos / stepsPerBeat;
    }

    /** The same pulse on a clock that starts so much later. */
    public SteadyPulse from(long startNanos) {
        return new SteadyPulse(beatNanos, phaseNanos - startNanos, stepsPerBeat, swing);
    }

    /** How far a time is from the nearest step, below 0 if before it. */
    double offStepNanos(double nanos) {
        return Math.IEEEremainder(nanos - phaseNanos, stepNanos());
    }

    /** How far a time is from the nearest beat, below 0 if before it. */
    double offBeatNanos(double nanos) {
        return Math.IEEEremainder(nanos - phaseNanos, beatNanos);
    }

    /** Where in its beat a time is, 0 to 1. */
    double placeInBeat(double nanos) {
        double beats = (nanos - phaseNanos) / beatNanos;
        return beats - Math.floor(beats);
    }
}
