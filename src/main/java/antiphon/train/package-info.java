/**
 * From MIDI files to a model file: corpus, Deeplearning4j network, trainer, evaluation.
 *
 * <p>The only package that sees Deeplearning4j and ND4J; never loaded by the live process.
 */
@NullMarked
package antiphon.train;

import org.jspecify.annotations.NullMarked;
