/**
 * The network as the live path runs it: weights read from a safetensors model file, one
 * step per event, and sampling.
 *
 * <p>Knows nothing of music or MIDI: fields are integers. Never trains.
 */
@NullMarked
package antiphon.model;

import org.jspecify.annotations.NullMarked;
