/**
 * Every setting of the program once, in one table ({@link antiphon.config.Setting}): its name, unit, range, default,
 * whether it can change while playing, and what it does. The keys of the file, the variables of the environment, the
 * values of flags and the file that {@code antiphon config init} writes are all made from it.
 *
 * <p>The only package that sees the TOML library. It never prints, never opens a port, and knows nothing of the live
 * path; it names enumerations of improv and model, because some settings choose among them.
 */
@NullMarked
package antiphon.config;

import org.jspecify.annotations.NullMarked;
