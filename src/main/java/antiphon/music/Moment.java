package antiphon.music;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happens in a performance; sorted in the order in which MIDI must send it.
 *
 * @param note the note that begins or ends, null for the end of a phrase
 * @param order what comes first at one instant: {@link #OFFSET} … {@link #OFFSET_OF_NOTHING}
 */
record Moment(long nanos, int order, @Nullable Note note) {
    static final int OFFSET = 0;
    static final int PHRASE_END = 1;
    static final int ONSET = 2;
    static final int OFFSET_OF_NOTHING = 3;

    private static final Comparator<Moment> IN_TIME =
            Comparator.comparingLong(Moment::nanos).thenComparingInt(Moment::order);

    static Moment[] of(Performance performance) {
        Moment[] moments = new Moment
                [performance.notes().size() * 2 + performance.phraseEndsNanos().size()];
        int size = 0;
        for (Note note : performance.notes()) {
            moments[size++] = new Moment(note.onsetNanos(), ONSET, note);
            moments[size++] =
                    new Moment(note.offsetNanos(), note.durationNanos() == 0 ? OFFSET_OF_NOTHING : OFFSET, note);
        }
        for (long end : performance.phraseEndsNanos()) {
            moments[size++] = new Moment(end, PHRASE_END, null);
        }
        // Stable: notes of one onset keep the performance's order.
        Arrays.sort(moments, IN_TIME);
        return moments;
    }
}
