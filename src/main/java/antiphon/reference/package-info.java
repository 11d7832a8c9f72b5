/**
 * N-grams that a network is compared with: of the same events, counted from a corpus, and the file they are kept in
 * ({@code models/reference.counts}).
 *
 * <p>Owns the counts, their smoothing and their file. Never sees a network; the same pieces give the same file.
 */
@NullMarked
package antiphon.reference;

import org.jspecify.annotations.NullMarked;
