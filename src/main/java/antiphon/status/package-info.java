/**
 * What a running program says of itself and takes orders by: the {@link antiphon.status.Status} document, its form for
 * Prometheus, and the socket at which both are asked for.
 *
 * <p>Runs on cold threads; never touches the live path but through what that offers to any thread.
 */
@NullMarked
package antiphon.status;

import org.jspecify.annotations.NullMarked;
