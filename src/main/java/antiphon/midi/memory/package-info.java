/**
 * Back ends without any MIDI system: {@link antiphon.midi.memory.MemoryBackend} records what is sent,
 * {@link antiphon.midi.memory.SilentBackend} forgets it.
 *
 * <p>Neither starts a thread nor opens anything.
 */
@NullMarked
package antiphon.midi.memory;

import org.jspecify.annotations.NullMarked;
