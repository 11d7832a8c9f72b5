/**
 * Standard MIDI Files: {@link antiphon.midi.file.MidiFileReader} and {@link antiphon.midi.file.MidiFileWriter}, with notes,
 * tracks and tempo between them. Pure Java; needs no device and no javax.sound.midi.
 *
 * <p>Never live: a file is read or written as a whole, on a cold thread.
 */
@NullMarked
package antiphon.midi.file;

import org.jspecify.annotations.NullMarked;
