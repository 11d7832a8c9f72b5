package antiphon.judge.intime;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The notes of a call at random times: what chance gives. Pure. */
public final class RandomOnsets {
    private RandomOnsets() {}

    /**
     * As many notes as the call has, in the voice of the answer, their onsets drawn evenly from this time to that.
     *
     * @param fromNanos on the clock of the answer's times, 0 or more
     * @param untilNanos later than that
     */
    public static List<Note> answer(List<Note> call, long fromNanos, long untilNanos, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Note> answer = new ArrayList<>();
        for (Note note : call) {
            long onset = random.nextLong(fromNanos, untilNanos);
            answer.add(new Note(Voice.ANSWER, onset, note.durationNanos(), note.pitch(), note.velocity()));
        }
        return List.copyOf(answer);
    }
}
