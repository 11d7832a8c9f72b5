package antiphon.train;

import antiphon.music.Performance;

/**
 * One piece of a corpus.
 *
 * @param name what tells it from the others: the path below the folder that was given, with {@code /} and without
 *     extension, or the piece column of the CSV
 * @param performance at least one note
 */
public record Piece(String name, Performance performance) {}
