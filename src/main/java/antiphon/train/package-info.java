/**
 * From a corpus to a model file: Deeplearning4j network, trainer, checkpoints, evaluation, and the tuning of a model's
 * memory.
 *
 * <p>The only package that sees Deeplearning4j and ND4J; never loaded by the live process. Never reads music itself:
 * the corpus comes as pieces.
 */
@NullMarked
package antiphon.train;

import org.jspecify.annotations.NullMarked;
