/**
 * Steering from outside: controllers that move settings, program changes and keys that choose presets, and OSC. Begins at
 * {@link antiphon.remote.Remote}. The only package that opens a UDP socket.
 *
 * <p>Cold threads alone. What comes by MIDI is read from the tap; everything that is changed goes through orders, as from
 * the command line and the page.
 */
@NullMarked
package antiphon.remote;

import org.jspecify.annotations.NullMarked;
