/**
 * Writing files so that nobody sees half of one ({@link antiphon.file.AtomicFile}). Knows no format and nothing else of
 * this program.
 */
@NullMarked
package antiphon.file;

import org.jspecify.annotations.NullMarked;
