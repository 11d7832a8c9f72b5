/**
 * The back end for JACK and PipeWire ({@link antiphon.midi.jack.JackBackend}): libjack's functions by java.lang.foreign, and
 * the code that runs in JACK's real-time process callback.
 *
 * <p>Never starts a server, and decides nothing musical. Nothing in the callback allocates, locks or blocks.
 */
@NullMarked
package antiphon.midi.jack;

import org.jspecify.annotations.NullMarked;
