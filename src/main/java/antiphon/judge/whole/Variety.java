package antiphon.judge.whole;

import antiphon.music.Note;
import java.util.List;

/**
 * Whether an answer is dull. Immutable.
 *
 * @param onePitch 1 if all notes of the answer have one pitch, though the call has several; NaN if the call has one too,
 *     or the answer no note
 * @param pitches how many different ones the answer has
 * @param repeated share of the notes of its line that have the pitch of the note before; NaN below two notes
 */
public record Variety(double onePitch, int pitches, double repeated) {
    /** Of one answer. */
    public static Variety of(List<Note> call, List<Note> answer) {
        int pitches = pitches(answer);
        boolean known = pitches(call) > 1 && pitches > 0;
        return new Variety(known ? pitches == 1 ? 1 : 0 : Double.NaN, pitches, repeated(Line.of(answer)));
    }

    private static int pitches(List<Note> notes) {
        return (int) notes.stream().mapToInt(Note::pitch).distinct().count();
    }

    private static double repeated(Line line) {
        int repeated = 0;
        for (int interval : line.intervals()) {
            repeated += interval == 0 ? 1 : 0;
        }
        return line.size() < 2 ? Double.NaN : (double) repeated / (line.size() - 1);
    }
}
