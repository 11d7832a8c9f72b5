/**
 * The musical terms that the other packages use: {@link antiphon.music.Note notes}, performances, timed messages, the
 * compound {@link antiphon.music.Event}, its {@link antiphon.music.Vocabulary}, and the way between MIDI time and
 * events.
 *
 * <p>Knows no thread, device, file or network; depends on nothing else in this program.
 */
@NullMarked
package antiphon.music;

import org.jspecify.annotations.NullMarked;
