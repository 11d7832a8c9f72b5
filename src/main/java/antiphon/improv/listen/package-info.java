/**
 * What the human does, as the improviser hears it: hands and pedals of all inputs taken together.
 *
 * <p>Only listens: decides nothing, sends nothing, knows no network.
 */
@NullMarked
package antiphon.improv.listen;

import org.jspecify.annotations.NullMarked;
