/**
 * What a whole answer is as music: the motifs that it takes up from its call, what it copies and what it changes, how it
 * ends, whether it is dull, how dense it is. Measured by code of its own, without anything that plays: a measure that
 * the improviser chooses by would prove nothing of what it chose.
 *
 * <p>Owns the measures of one answer. Never plays, never sums up, never writes files. Pure: the same notes give the same
 * figures.
 */
@NullMarked
package antiphon.judge.whole;

import org.jspecify.annotations.NullMarked;
