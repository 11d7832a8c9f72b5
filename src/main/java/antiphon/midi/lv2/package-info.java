/**
 * MIDI through our LV2 plugin in a DAW (src/main/c/lv2): the file that each plugin instance shares with us, its two rings, and
 * the thread that reads them. Never makes such a file, and knows nothing of LV2.
 */
@NullMarked
package antiphon.midi.lv2;

import org.jspecify.annotations.NullMarked;
