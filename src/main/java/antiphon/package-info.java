/** Antiphon, a real-time MIDI improviser. Holds only what every package needs; {@code live} draws the whole. */
@NullMarked
package antiphon;

import org.jspecify.annotations.NullMarked;
