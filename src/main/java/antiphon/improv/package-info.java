/**
 * The improviser: hears notes, steps the network, decides the answer. Turn-taking lives here.
 *
 * <p>{@link antiphon.improv.Ensemble} is what others drive: up to four parts, each an {@link
 * antiphon.improv.Improviser}, of which the first is mostly alone.
 *
 * <p>A pure state machine: it knows no thread, device or wall clock, and is driven by the live engine and the
 * virtual clock alike.
 */
@NullMarked
package antiphon.improv;

import org.jspecify.annotations.NullMarked;
