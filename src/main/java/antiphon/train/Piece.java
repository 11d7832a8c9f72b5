package antiphon.train;

import antiphon.music.Performance;

/**
 * One piece of a corpus.
 *
 * @param name what tells it from the others, the same whether it comes from a CSV or a MIDI file: the path below the
 *     folder that was given, with {@code /} and without extension. The {@link Split} depends on it alone
 * @param performance at least one note
 */
public record Piece(String name, Performance performance) {}
