/**
 * The improviser: hears notes, steps the network, decides the answer. Turn-taking lives here.
 *
 * <p>A pure state machine: it knows no thread, device or wall clock, and is driven by the live engine and the
 * virtual clock alike.
 */
@NullMarked
package antiphon.improv;

import org.jspecify.annotations.NullMarked;
