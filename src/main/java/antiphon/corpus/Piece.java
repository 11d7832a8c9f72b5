package antiphon.corpus;

import antiphon.music.Performance;
import java.util.List;

/**
 * One piece of a corpus. Immutable.
 *
 * @param name what tells it from the others: the path below the folder that was given, with {@code /} and without
 *     extension, or the piece column of the CSV
 * @param performance at least one note; in two voices if two parts play
 * @param phraseOnsetsNanos when a phrase begins, where somebody has marked phrases; ascending, empty if nobody has
 * @param group who made it: a composer's or performer's surname in small letters, or empty. Pieces of one group lie on
 *     the same side of the {@link Split}
 */
public record Piece(String name, Performance performance, List<Long> phraseOnsetsNanos, String group) {
    public Piece {
        phraseOnsetsNanos = phraseOnsetsNanos.stream().sorted().toList();
    }

    /** A piece of which no more is known than its notes. */
    public Piece(String name, Performance performance) {
        this(name, performance, List.of(), "");
    }

    /** The same piece by another name. */
    Piece named(String other) {
        return new Piece(other, performance, phraseOnsetsNanos, group);
    }
}
