/**
 * What the operating system does for this process beyond Java: priorities, cores and names of threads, memory that is not
 * swapped out, processor cores that do not sleep; and how it is told that this service is well. Begins at {@link
 * antiphon.host.Host} and {@link antiphon.host.Supervisor}.
 *
 * <p>Decides nothing: it does what it is asked, or says that the system refused. Knows nothing else of this program.
 */
@NullMarked
package antiphon.host;

import org.jspecify.annotations.NullMarked;
