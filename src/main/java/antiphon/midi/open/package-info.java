/**
 * Opens any back end by its name on the command line ({@link antiphon.midi.open.Backends}). A package of its own because it
 * uses all back ends, and {@code midi} none of them.
 *
 * <p>Does nothing with the back end that it opens.
 */
@NullMarked
package antiphon.midi.open;

import org.jspecify.annotations.NullMarked;
