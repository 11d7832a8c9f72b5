/**
 * The page in a browser and its interface for programs: shows what the partner hears and plans, plays notes to it, and
 * changes settings. Begins at {@link antiphon.dashboard.Dashboard}. The only package that sees HTTP.
 *
 * <p>Cold threads alone. It reads the tap, and everything that it changes goes through orders and the keyboard's input,
 * as from anywhere else; so nothing here can hold up the music. A browser that is slow loses frames.
 */
@NullMarked
package antiphon.dashboard;

import org.jspecify.annotations.NullMarked;
