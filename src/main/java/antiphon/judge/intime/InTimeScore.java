package antiphon.judge.intime;

import antiphon.music.Note;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * How far one answer is in its call's time. What cannot be measured, because there are too few onsets, is NaN. A chord
 * counts as one onset. Immutable.
 *
 * @param onsets how many
 * @param resonance with the call's step, see {@link Resonance}
 * @param inPhase the same, with the part that lies on the call's grid
 * @param onGrid share of onsets within 35 ms of the call's grid
 * @param gridChance the share that chance gives: the part of a step that is within 35 ms of the grid
 * @param tempoRatio of the answer to the call, 0.7 to 1.4, because half and double time have the same grid
 * @param entersOnBeat 1 if the first onset is within 40 ms of a beat, 0 if not
 * @param entryChance how often chance would do that
 * @param delayNanos from the call's last onset to the answer's first
 * @param firstHalf share on the grid of the onsets in the answer's first half, by time
 * @param secondHalf the same in its second half
 * @param swing how much longer the first eighth of a beat is than the second; the median of the answer's
 * @param accent how much louder notes on the beat are than those between, in steps of MIDI velocity
 * @param range the standard deviation of the notes' velocities
 */
public record InTimeScore(
        int onsets,
        double resonance,
        double inPhase,
        double onGrid,
        double gridChance,
        double tempoRatio,
        double entersOnBeat,
        double entryChance,
        double delayNanos,
        double firstHalf,
        double secondHalf,
        double swing,
        double accent,
        double range) {
    /** Fewer onsets say nothing of tempo. */
    private static final int FEWEST_ONSETS = 4;

    private static final double GRID_NANOS = 35e6;
    private static final double BEAT_NANOS = 40e6;
    private static final double MAX_RATIO = Math.sqrt(2);

    /** Of two tempos that suit about as well, the one nearer to the call's: what an octave of difference costs. */
    private static final double PREFERENCE = 0.05;

    /** Where in a beat its second eighth may begin: not so late as a sixteenth. */
    private static final double EARLIEST_OFFBEAT = 0.4;

    private static final double LATEST_OFFBEAT = 0.72;

    /**
     * Measures one answer.
     *
     * @param pulse of the call, on the clock of the answer
     * @param lastNanos the call's last onset, on that clock
     */
    public static InTimeScore of(SteadyPulse pulse, long lastNanos, List<Note> answer) {
        double[] onsets = OnsetTimes.nanos(answer);
        double gridChance = Math.min(1, 2 * GRID_NANOS / pulse.stepNanos());
        double entryChance = Math.min(1, 2 * BEAT_NANOS / pulse.beatNanos());
        double first = onsets.length == 0 ? Double.NaN : onsets[0];
        double entered = onsets.length == 0 ? 0 : Math.abs(pulse.offBeatNanos(first)) <= BEAT_NANOS ? 1 : 0;
        boolean enough = onsets.length >= FEWEST_ONSETS;
        double middle = enough ? (onsets[0] + onsets[onsets.length - 1]) / 2 : Double.NaN;
        double[] early = Arrays.stream(onsets).filter(onset -> onset <= middle).toArray();
        double[] late = Arrays.stream(onsets).filter(onset -> onset > middle).toArray();
        return new InTimeScore(
                onsets.length,
                enough ? Resonance.of(onsets, pulse.stepNanos()) : Double.NaN,
                enough ? Resonance.inPhase(onsets, pulse.stepNanos(), pulse.phaseNanos()) : Double.NaN,
                onGrid(pulse, onsets),
                gridChance,
                enough ? tempoRatio(pulse, onsets) : Double.NaN,
                entered,
                entryChance,
                first - lastNanos,
                onGrid(pulse, early),
                onGrid(pulse, late),
                swing(pulse, onsets),
                mean(answer, note -> isOnBeat(pulse, note)) - mean(answer, note -> !isOnBeat(pulse, note)),
                range(answer));
    }

    private static boolean isOnBeat(SteadyPulse pulse, Note note) {
        return Math.abs(pulse.offBeatNanos((double) note.onsetNanos())) <= BEAT_NANOS;
    }

    private static double mean(List<Note> answer, Predicate<Note> wanted) {
        return answer.stream().filter(wanted).mapToInt(Note::velocity).average().orElse(Double.NaN);
    }

    private static double range(List<Note> answer) {
        double mean = mean(answer, note -> true);
        return Math.sqrt(answer.stream()
                .mapToDouble(note -> Math.pow(note.velocity() - mean, 2))
                .average()
                .orElse(Double.NaN));
    }

    private static double onGrid(SteadyPulse pulse, double[] onsets) {
        return Arrays.stream(onsets)
                .map(onset -> Math.abs(pulse.offStepNanos(onset)) <= GRID_NANOS ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static double tempoRatio(SteadyPulse pulse, double[] onsets) {
        double step = pulse.stepNanos();
        return step
                / PulseFinder.best(onsets, step / MAX_RATIO, step * MAX_RATIO, period -> {
                    double octaves = Math.abs(Math.log(period / step) / Math.log(2));
                    // In double time every second onset lies between two steps.
                    double resonance = Math.max(Resonance.of(onsets, period), Resonance.of(onsets, period / 2));
                    return resonance - PREFERENCE * octaves;
                });
    }

    private static double swing(SteadyPulse pulse, double[] onsets) {
        double[] places = Arrays.stream(onsets)
                .map(pulse::placeInBeat)
                .filter(place -> place >= EARLIEST_OFFBEAT && place <= LATEST_OFFBEAT)
                .sorted()
                .toArray();
        if (places.length == 0) {
            return Double.NaN;
        }
        double place = (places[places.length / 2] + places[(places.length - 1) / 2]) / 2;
        return place / (1 - place);
    }
}
