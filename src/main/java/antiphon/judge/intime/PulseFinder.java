package antiphon.judge.intime;

import antiphon.music.Note;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Finds the pulse of a call of which nothing is known: the step whose {@link Resonance} with all onsets is greatest,
 * and the beat among its multiples. Sees the whole call at once, and is no other's code. Pure.
 */
public final class PulseFinder {
    /** Less is no steady pulse. */
    static final double STEADY = 0.8;

    /** With fewer onsets something always resonates. */
    private static final int FEWEST_ONSETS = 12;

    private static final double SHORTEST_STEP_NANOS = 110e6;
    private static final double LONGEST_STEP_NANOS = 500e6;
    private static final double SHORTEST_BEAT_NANOS = 375e6;
    private static final double LONGEST_BEAT_NANOS = 950e6;
    private static final int MAX_STEPS_PER_BEAT = 4;

    /** From one period tried to the next, the last onset moves by this part of a period. */
    private static final double FINENESS = 0.05;

    private PulseFinder() {}

    /** Empty if the call is not steady enough; which step is a beat is a guess. Swing is unknown. */
    public static Optional<SteadyPulse> find(List<Note> call) {
        double[] onsets = OnsetTimes.nanos(call);
        if (onsets.length < FEWEST_ONSETS) {
            return Optional.empty();
        }
        double step = best(onsets, SHORTEST_STEP_NANOS, LONGEST_STEP_NANOS, period -> Resonance.of(onsets, period));
        if (!(Resonance.of(onsets, step) >= STEADY)) {
            return Optional.empty();
        }
        int steps = IntStream.rangeClosed(1, MAX_STEPS_PER_BEAT)
                .filter(count -> count * step >= SHORTEST_BEAT_NANOS && count * step <= LONGEST_BEAT_NANOS)
                .boxed()
                .max(Comparator.comparingDouble(count -> Resonance.of(onsets, count * step)))
                .orElse(1);
        // Of the beat we know about where it is, of the step exactly: the step nearest to the beat.
        double stepPhase = Resonance.phaseNanos(onsets, step);
        double beatPhase = Resonance.phaseNanos(onsets, steps * step);
        double phase = beatPhase - Math.IEEEremainder(beatPhase - stepPhase, step);
        return Optional.of(new SteadyPulse(steps * step, phase, steps, Double.NaN));
    }

    /** The period from the shortest to the longest that is worth most; NaN if none is worth more than -1. */
    static double best(double[] onsets, double shortest, double longest, DoubleUnaryOperator worth) {
        double most = -1;
        double found = Double.NaN;
        for (double period : periods(onsets, shortest, longest).toArray()) {
            double worthNow = worth.applyAsDouble(period);
            if (worthNow > most) {
                most = worthNow;
                found = period;
            }
        }
        return found;
    }

    /** From the shortest to the longest, so close that no resonance lies between two. */
    private static DoubleStream periods(double[] onsets, double shortest, double longest) {
        double span = Math.max(longest, onsets[onsets.length - 1] - onsets[0]);
        // In equal steps of frequency, because resonance is even in frequency.
        double stepHertz = FINENESS / span;
        int count = (int) Math.ceil((1 / shortest - 1 / longest) / stepHertz);
        return IntStream.rangeClosed(0, count).mapToDouble(i -> 1 / (1 / longest + i * stepHertz));
    }
}
