package antiphon.judge.intime;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A Markov chain of order 2 over a call's own pitches and inter-onset intervals, as in Pachet's Continuator (2003): what
 * a partner without a network can do that knows no beat. It goes on from the call's last onset, so that it keeps the
 * call's time as far as intervals in a row keep it, and is heard from when it may play. One thread.
 */
public final class Continuator {
    private static final int MAX_ORDER = 2;

    /** An onset of the call: its notes, and the time to the next one. */
    private record Step(List<Note> chord, double intervalNanos) {
        /** What the chain remembers of it. */
        long key(double unitNanos) {
            int pitch = chord.stream().mapToInt(Note::pitch).max().orElse(0);
            return pitch + 128 * Rhythm.bin(intervalNanos, unitNanos);
        }
    }

    private final List<Step> steps;
    private final double unitNanos;
    private final SplittableRandom random;

    private Continuator(List<Step> steps, SplittableRandom random) {
        this.steps = steps;
        this.random = random;
        unitNanos = steps.stream().mapToDouble(Step::intervalNanos).min().orElse(1);
    }

    /**
     * Answers one call.
     *
     * @param call in order of time, on the clock of the answer's times
     * @param fromNanos when it may play
     * @param untilNanos no onset later
     * @return in the voice of the answer; nothing if the call has fewer than two onsets
     */
    public static List<Note> answer(List<Note> call, long fromNanos, long untilNanos, long seed) {
        List<Step> steps = steps(call);
        return steps.isEmpty()
                ? List.of()
                : new Continuator(steps, new SplittableRandom(seed)).play(call, fromNanos, untilNanos);
    }

    private static List<Step> steps(List<Note> call) {
        double[] onsets = OnsetTimes.nanos(call);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i + 1 < onsets.length; i++) {
            double begin = onsets[i];
            double end = onsets[i + 1];
            List<Note> chord = call.stream()
                    .filter(note -> note.onsetNanos() >= begin && note.onsetNanos() < end)
                    .toList();
            steps.add(new Step(chord, end - begin));
        }
        return steps;
    }

    private List<Note> play(List<Note> call, long fromNanos, long untilNanos) {
        List<Note> answer = new ArrayList<>();
        List<Integer> played = new ArrayList<>();
        for (int i = Math.max(0, steps.size() - MAX_ORDER); i < steps.size(); i++) {
            played.add(i);
        }
        double[] onsets = OnsetTimes.nanos(call);
        // The last chord of the call has no interval of its own: the chain draws one, as if it went on there.
        played.add(next(played));
        double at = onsets[onsets.length - 1] + steps.get(played.getLast()).intervalNanos();
        while (at <= untilNanos) {
            int index = next(played);
            played.add(index);
            Step step = steps.get(index);
            if (at >= fromNanos) {
                add(step, Math.round(at), answer);
            }
            at += step.intervalNanos();
        }
        return List.copyOf(answer);
    }

    private static void add(Step step, long at, List<Note> answer) {
        long first = step.chord.stream().mapToLong(Note::onsetNanos).min().orElse(0);
        for (Note note : step.chord) {
            long onset = at + note.onsetNanos() - first;
            answer.add(new Note(Voice.ANSWER, onset, note.durationNanos(), note.pitch(), note.velocity()));
        }
    }

    /** The number of a step that has followed the last two played, else the last one, else any. */
    private int next(List<Integer> played) {
        for (int order = Math.min(MAX_ORDER, played.size()); order > 0; order--) {
            List<Integer> following = following(played.subList(played.size() - order, played.size()));
            if (!following.isEmpty()) {
                return following.get(random.nextInt(following.size()));
            }
        }
        return random.nextInt(steps.size());
    }

    private List<Integer> following(List<Integer> context) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i + context.size() < steps.size(); i++) {
            boolean same = true;
            for (int j = 0; j < context.size(); j++) {
                same &= steps.get(i + j).key(unitNanos)
                        == steps.get(context.get(j)).key(unitNanos);
            }
            if (same) {
                found.add(i + context.size());
            }
        }
        return found;
    }
}
