/**
 * Everything that touches MIDI outside the program: the port SPI ({@link antiphon.midi.MidiBackend}) with its back
 * ends, and the reading and writing of MIDI files.
 *
 * <p>The only package that sees javax.sound.midi, coremidi4j and native calls; so the system's calls for threads
 * ({@link antiphon.host.SystemThreads}) are here too. Decides nothing musical.
 */
@NullMarked
package antiphon.midi;

import org.jspecify.annotations.NullMarked;
