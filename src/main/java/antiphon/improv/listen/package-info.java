/**
 * What the human is doing: {@link antiphon.improv.listen.Hands keys and pedals}, the phrase, the tonality, the
 * chords, and which
 * messages are our own that came back. {@link antiphon.improv.listen.Listener} holds them together.
 *
 * <p>Knows neither the network nor what the partner plays.
 */
@NullMarked
package antiphon.improv.listen;

import org.jspecify.annotations.NullMarked;
