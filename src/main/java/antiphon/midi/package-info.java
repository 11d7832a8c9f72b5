/**
 * The port SPI: {@link antiphon.midi.MidiBackend}, what it hands over and takes, and what several back ends share. The back
 * ends, MIDI files and audio are in the packages below, each of which uses this one; this one uses none of them.
 *
 * <p>Opens nothing by itself, makes no native call, and decides nothing musical.
 */
@NullMarked
package antiphon.midi;

import org.jspecify.annotations.NullMarked;
