/**
 * The back end for the sequencer of the Linux kernel ({@link antiphon.midi.alsa.AlsaBackend}): libasound's functions by
 * java.lang.foreign, the thread that receives, and the queue by which the kernel sends when due.
 *
 * <p>Decides nothing musical. Nothing on the receiving thread and in the send methods allocates, locks or waits.
 */
@NullMarked
package antiphon.midi.alsa;

import org.jspecify.annotations.NullMarked;
