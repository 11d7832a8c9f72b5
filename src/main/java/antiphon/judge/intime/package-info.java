/**
 * Whether an answer is in time, measured without the tracker and the grid that the improviser plays by: a measure that
 * shares their code would prove nothing. Also two players to compare with, a Markov chain and random onsets.
 *
 * <p>Owns the measures and those players. Never plays to the improviser, never writes files. Pure: the same notes and
 * seed give the same figures.
 */
@NullMarked
package antiphon.judge.intime;

import org.jspecify.annotations.NullMarked;
