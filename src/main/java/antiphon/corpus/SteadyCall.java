package antiphon.corpus;

import antiphon.music.Note;
import java.util.List;

/**
 * A call in a steady tempo that is known because it was made in it, to judge by who answers it. Immutable.
 *
 * @param name for people
 * @param notes in the human voice, in order of onset, a little uneven as hands are
 * @param beatNanos from one beat to the next
 * @param firstBeatNanos when a beat is, on the clock of the notes; a first note on that beat may come a little sooner
 * @param stepsPerBeat of the grid that the notes lie on: 2 for eighths, 3 for triplets, 4 for sixteenths
 * @param swing how much longer the first eighth of a beat is than the second; 1 if they are equal
 */
public record SteadyCall(
        String name, List<Note> notes, double beatNanos, double firstBeatNanos, int stepsPerBeat, double swing) {
    public SteadyCall {
        notes = List.copyOf(notes);
    }

    /** Beats a minute. */
    public double beatsPerMinute() {
        return 60e9 / beatNanos;
    }
}
