/**
 * The program as people meet it: main, version, commands, messages.
 *
 * <p>The only package that sees the library of the command line, prints, and ends the program. Never holds musical
 * logic, reads a file of settings itself, or measures.
 */
@NullMarked
package antiphon.app;

import org.jspecify.annotations.NullMarked;
