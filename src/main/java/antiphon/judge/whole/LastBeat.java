package antiphon.judge.whole;

import antiphon.judge.intime.SteadyPulse;
import antiphon.music.Note;
import java.util.List;

/** Whether an answer's last onset is on a beat. Bars are not known: every beat is taken for a strong one. Pure. */
public final class LastBeat {
    /** As a part of the beat, before and after it: by chance one of four onsets would be on a beat. */
    private static final double NEAR = 1.0 / 8;

    /** Hands that keep their tempo drift by so much at most. */
    private static final double DRIFT = 0.02;

    private static final int TRIES = 80;

    private LastBeat() {}

    /**
     * 1 if it is, 0 if not, also for an answer without notes.
     *
     * @param pulse of the call, on the clock of the answer
     */
    public static double of(SteadyPulse pulse, List<Note> answer) {
        if (answer.isEmpty()) {
            return 0;
        }
        long lastNanos = Line.chords(answer).getLast().getFirst().onsetNanos();
        double off = Math.IEEEremainder(lastNanos - pulse.phaseNanos(), pulse.beatNanos());
        return Math.abs(off) <= NEAR * pulse.beatNanos() ? 1 : 0;
    }

    /**
     * The same pulse a little faster or slower, as it suits these onsets best, from one of its beats on: in some seconds a
     * drift of one in a hundred becomes a step of the grid.
     *
     * @param fromNanos the beat nearest to this stays where it is
     */
    public static SteadyPulse drifted(SteadyPulse pulse, long fromNanos, List<Note> answer) {
        double beatAt = fromNanos - Math.IEEEremainder(fromNanos - pulse.phaseNanos(), pulse.beatNanos());
        double best = Double.NEGATIVE_INFINITY;
        double ratio = 1;
        for (int i = -TRIES; i <= TRIES; i++) {
            double tried = 1 + DRIFT * i / TRIES;
            double step = pulse.stepNanos() * tried;
            double sum = answer.stream()
                    .mapToDouble(note -> Math.cos(2 * Math.PI * (note.onsetNanos() - beatAt) / step))
                    .sum();
            if (sum > best) {
                best = sum;
                ratio = tried;
            }
        }
        return new SteadyPulse(pulse.beatNanos() * ratio, beatAt, pulse.stepsPerBeat(), pulse.swing());
    }
}
