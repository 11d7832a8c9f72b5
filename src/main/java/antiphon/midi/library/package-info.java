/**
 * What back ends over a C library share: functions by java.lang.foreign, and memory by address. Knows no library, opens
 * nothing, and decides nothing.
 */
@NullMarked
package antiphon.midi.library;

import org.jspecify.annotations.NullMarked;
