/**
 * The parts: each is one way to take part, by {@link antiphon.improv.Mode}. They decide when to play and what, and put
 * it into the plan. The improviser does the hearing, the sending and the timing.
 *
 * <p>No part knows another, and nobody outside asks which one is at work.
 */
@NullMarked
package antiphon.improv.part;

import org.jspecify.annotations.NullMarked;
