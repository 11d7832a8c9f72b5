package antiphon.corpus;

import antiphon.music.Note;
import java.util.List;
import java.util.Optional;

/**
 * A song whose chords are known, to judge by who plays with its tune. Immutable.
 *
 * @param name what tells it from the others
 * @param tune in order of onset
 * @param secondLine what its arranger wrote besides the tune (POP909's BRIDGE), in order of onset; may be empty
 * @param piano the accompaniment, in order of onset; may be empty
 * @param chords in order of time; where there is none, nobody plays harmony
 */
public record ChordSong(String name, List<Note> tune, List<Note> secondLine, List<Note> piano, List<Span> chords) {
    public ChordSong {
        tune = List.copyOf(tune);
        secondLine = List.copyOf(secondLine);
        piano = List.copyOf(piano);
        chords = List.copyOf(chords);
    }

    /**
     * A chord, and the key in which it stands.
     *
     * @param startNanos on the clock of the notes
     * @param classes the pitch classes of the chord: a bit {@code 1 << pitchClass} each
     * @param scale those of the key, in minor with both sevenths
     */
    public record Span(long startNanos, long endNanos, int classes, int scale) {}

    /** The chord at a time. */
    public Optional<Span> at(long nanos) {
        int low = 0;
        int high = chords.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chords.get(middle).startNanos() <= nanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return chords.isEmpty()
                ? Optional.empty()
                : Optional.of(chords.get(low)).filter(span -> span.startNanos() <= nanos && nanos < span.endNanos());
    }
}
