/**
 * The back ends over javax.sound.midi's devices: the JDK's own ({@link antiphon.midi.device.JavaSoundBackend}) and coremidi4j
 * ({@link antiphon.midi.device.CoreMidiBackend}). The only package that sees coremidi4j.
 *
 * <p>Has no virtual ports and no real-time threads, and decides nothing musical.
 */
@NullMarked
package antiphon.midi.device;

import org.jspecify.annotations.NullMarked;
