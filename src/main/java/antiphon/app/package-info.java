/**
 * The program as people meet it: main, commands, configuration, messages.
 *
 * <p>The only package that sees the command line and TOML libraries, stdout and {@code System.exit}. Holds no
 * musical logic.
 */
@NullMarked
package antiphon.app;

import org.jspecify.annotations.NullMarked;
