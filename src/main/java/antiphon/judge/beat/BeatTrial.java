package antiphon.judge.beat;

import antiphon.corpus.BeatPiece;
import antiphon.improv.listen.OnsetTracker;
import antiphon.music.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One piece played to the tracker as in life: it hears an onset when it comes, looks for the pulse every quarter of a
 * second, and what it then believes counts until it looks again. While it is not sure it predicts nothing. Seconds
 * count from the first onset. One thread.
 */
final class BeatTrial {
    static final double SECONDS = 20;

    private static final long LOOK_NANOS = 250_000_000L;
    private static final double SURE = 0.5;
    private static final double NEAR_NANOS = 35e6;

    /** From here on the levels are counted. */
    private static final double LEVELS_FROM_SECONDS = 4;

    /** A beat that is found so shortly after it was is taken for now. */
    private static final double LATE_NANOS = 50e6;

    /** A beat that follows the one before sooner than this, in beats, is the same one, better known. */
    private static final double SAME_BEAT = 0.5;

    private final OnsetTracker tracker = new OnsetTracker();
    private final long startNanos;
    private final double[] truthNanos;
    private final List<Double> found = new ArrayList<>();
    private final Map<Level, Integer> levels = new EnumMap<>(Level.class);
    /** For each true beat: 1 if a step of the grid lay near it, 0 if not. */
    private final double[] gridHit;
    /** How likely that was, by the grid's density. */
    private final double[] gridChance;

    private double sureAfterSeconds = Double.NaN;

    private BeatTrial(BeatPiece piece) {
        startNanos = piece.notes().getFirst().onsetNanos();
        truthNanos = piece.beatsNanos().stream().mapToDouble(Long::doubleValue).toArray();
        gridHit = new double[truthNanos.length];
        gridChance = new double[truthNanos.length];
    }

    /** Plays the piece. */
    static BeatTrial of(BeatPiece piece) {
        BeatTrial trial = new BeatTrial(piece);
        int next = 0;
        List<Note> notes = piece.notes();
        for (long now = trial.startNanos + LOOK_NANOS; trial.seconds((double) now) < SECONDS; now += LOOK_NANOS) {
            while (next < notes.size() && notes.get(next).onsetNanos() <= now) {
                Note note = notes.get(next++);
                trial.tracker.hear(note.pitch(), note.velocity(), note.onsetNanos());
            }
            trial.tracker.find(now);
            trial.look(now);
        }
        return trial;
    }

    private double seconds(double nanos) {
        return (nanos - startNanos) / 1e9;
    }

    private void look(long now) {
        boolean sure = tracker.confidence() >= SURE;
        if (seconds((double) now) >= LEVELS_FROM_SECONDS) {
            levels.merge(sure ? level(now) : Level.UNSURE, 1, Integer::sum);
        }
        if (!sure) {
            return;
        }
        if (Double.isNaN(sureAfterSeconds)) {
            sureAfterSeconds = seconds((double) now);
        }
        predict(now);
        double period = tracker.periodNanos();
        for (int i = 0; i < truthNanos.length; i++) {
            if (truthNanos[i] > now && truthNanos[i] <= now + LOOK_NANOS) {
                double off = Math.abs(Math.IEEEremainder(truthNanos[i] - tracker.stepNanos(), period));
                gridHit[i] = off <= NEAR_NANOS ? 1 : 0;
                gridChance[i] = Math.min(1, 2 * NEAR_NANOS / period);
            }
        }
    }

    private void predict(long now) {
        double period = tracker.stepsPerBeat() * tracker.periodNanos();
        double earliest = now - LATE_NANOS;
        if (!found.isEmpty()) {
            earliest = Math.max(earliest, found.getLast() + SAME_BEAT * period);
        }
        double beat = tracker.beatNanos() + Math.ceil((earliest - tracker.beatNanos()) / period) * period;
        for (; beat <= now + LOOK_NANOS; beat += period) {
            found.add(Math.max(beat, (double) now));
        }
    }

    private Level level(long now) {
        int next = 0;
        while (next < truthNanos.length - 1 && truthNanos[next] <= now) {
            next++;
        }
        if (next == 0) {
            return Level.OTHER;
        }
        double period = truthNanos[next] - truthNanos[next - 1];
        double foundPeriod = tracker.stepsPerBeat() * tracker.periodNanos();
        double beat = tracker.beatNanos() + Math.round((now - tracker.beatNanos()) / foundPeriod) * foundPeriod;
        return Level.of(foundPeriod / period, (beat - truthNanos[next]) / period);
    }

    /** The true beats from so many seconds on to the end of the trial, in seconds. */
    double[] truth(double fromSeconds) {
        return window(truthNanos, fromSeconds);
    }

    /** The beats predicted in the same time. */
    double[] found(double fromSeconds) {
        return window(found.stream().mapToDouble(Double::doubleValue).toArray(), fromSeconds);
    }

    private double[] window(double[] nanos, double fromSeconds) {
        double[] seconds = new double[nanos.length];
        int count = 0;
        for (double each : nanos) {
            if (seconds(each) >= fromSeconds && seconds(each) < SECONDS) {
                seconds[count++] = seconds(each);
            }
        }
        return Arrays.copyOf(seconds, count);
    }

    /**
     * How many more of the true beats than by chance lay within ±35 ms of a step of the grid in use, as a share of those
     * that chance leaves; beats for which there was no grid count as missed.
     */
    double grid(double fromSeconds) {
        double gained = 0;
        double possible = 0;
        for (int i = 0; i < truthNanos.length; i++) {
            if (seconds(truthNanos[i]) >= fromSeconds && seconds(truthNanos[i]) < SECONDS) {
                gained += gridHit[i] - gridChance[i];
                possible += 1 - gridChance[i];
            }
        }
        return possible <= 0 ? 0 : gained / possible;
    }

    /** When it was sure for the first time; NaN if never. */
    double sureAfterSeconds() {
        return sureAfterSeconds;
    }

    /** How often it looked and found each level. */
    Map<Level, Integer> levels() {
        return levels;
    }
}
