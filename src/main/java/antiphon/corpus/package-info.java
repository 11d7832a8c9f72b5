/**
 * Music to learn from and to be judged by: read from MIDI files, CSVs of notes and published data sets, freed of what
 * comes twice, divided into sides that never change, made into dialogues, and written out for other trainers.
 *
 * <p>Owns the pieces, their split, and the unit in which a guess at them is scored. Never sees a network, a port or a
 * clock: the same files and seed give the same corpus.
 */
@NullMarked
package antiphon.corpus;

import org.jspecify.annotations.NullMarked;
