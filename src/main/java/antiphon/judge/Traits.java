package antiphon.judge;

import antiphon.music.Note;
import java.util.List;

/**
 * The traits of a phrase that an answer can follow. A trait for which there are too few notes is NaN. Immutable.
 *
 * @param notes the phrase
 * @param key of the phrase
 * @param logInterval log2 of the median inter-onset interval in seconds
 * @param logDensity log2 of the notes in a second between first and last onset
 * @param logTexture log2 of the mean number of notes that begin together
 * @param register mean pitch
 * @param velocity mean velocity
 */
record Traits(
        List<Note> notes,
        Key key,
        double logInterval,
        double logDensity,
        double logTexture,
        double register,
        double velocity) {
    private static final double LN_2 = Math.log(2);

    static Traits of(List<Note> notes) {
        Onsets onsets = Onsets.of(notes);
        double[] intervals = onsets.intervals();
        double span = 0;
        for (double interval : intervals) {
            span += interval;
        }
        return new Traits(
                notes,
                Key.of(notes),
                log2(Statistics.quantile(intervals, 0.5)),
                span > 0 ? log2((notes.size() - 1) / span) : Double.NaN,
                log2((double) notes.size() / onsets.chords().size()),
                notes.stream().mapToInt(Note::pitch).average().orElse(Double.NaN),
                notes.stream().mapToInt(Note::velocity).average().orElse(Double.NaN));
    }

    private static double log2(double value) {
        return Math.log(value) / LN_2;
    }
}
