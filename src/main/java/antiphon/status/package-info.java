/**
 * What a running program says about itself, and how it takes orders: the {@link antiphon.status.Status} document, its
 * form for Prometheus, and the socket at which both are asked for.
 *
 * <p>Runs on cold threads; uses the live path only through methods that any thread may call.
 */
@NullMarked
package antiphon.status;

import org.jspecify.annotations.NullMarked;
