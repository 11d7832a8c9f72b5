/**
 * Sound without an audio device: {@link antiphon.midi.audio.WavRenderer} renders messages to a WAV file by the synthesiser
 * that comes with Java.
 *
 * <p>Never live: it renders faster than real time, on a cold thread.
 */
@NullMarked
package antiphon.midi.audio;

import org.jspecify.annotations.NullMarked;
