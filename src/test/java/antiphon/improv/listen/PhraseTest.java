package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PhraseTest {
    private static final long MILLI = 1_000_000L;
    private static final long REST = 700 * MILLI;

    private final Phrase phrase = new Phrase();

    private void play(long millis, int pitch, long durationMillis) {
        phrase.noteBegan(pitch, 80, millis * MILLI, REST);
        phrase.keysHeld(1);
        phrase.noteEnded(pitch, (millis + durationMillis) * MILLI);
    }

    @Test
    void shouldNotEndBeforeItBegins() {
        assertThat(phrase.notes()).isZero();
        assertThat(phrase.endNanos(false, REST, false)).isEqualTo(Long.MAX_VALUE);
        assertThat(phrase.endNanos(true, REST, false)).isEqualTo(Long.MAX_VALUE);
        assertThat(phrase.medianGapNanos(42)).isEqualTo(42);
    }

    @Test
    void shouldMeasureWhatIsPlayed() {
        play(1_000, 60, 100);
        phrase.noteBegan(64, 80, 1_300 * MILLI, REST);
        phrase.noteBegan(67, 80, 1_310 * MILLI, REST);
        phrase.keysHeld(2);
        phrase.keysHeld(1);
        phrase.noteEnded(64, 1_400 * MILLI);
        assertThat(phrase.notes()).isEqualTo(3);
        assertThat(phrase.polyphony()).isEqualTo(2);
        assertThat(phrase.longestNoteNanos()).isEqualTo(100 * MILLI);
        assertThat(phrase.durationNanos()).isEqualTo(400 * MILLI);
        phrase.stillSounds(67, 2_000 * MILLI);
        assertThat(phrase.durationNanos()).isEqualTo(1_000 * MILLI);
        assertThat(phrase.longestNoteNanos()).isEqualTo(690 * MILLI);
        assertThat(phrase.lastActivityNanos())
                .as("ringing is nothing that the human does")
                .isEqualTo(1_400 * MILLI);
        phrase.keyLifted(1_450 * MILLI);
        assertThat(phrase.lastActivityNanos()).isEqualTo(1_450 * MILLI);
    }

    @Test
    void shouldEndAfterTheRestOrWhenAChordIsHeldForLong() {
        play(1_000, 60, 100);
        assertThat(phrase.endNanos(false, REST, false)).isEqualTo(1_800 * MILLI);
        assertThat(phrase.endNanos(true, REST, false)).isEqualTo(4_100 * MILLI);
        assertThat(phrase.endNanos(true, 5_000 * MILLI, false)).isEqualTo(6_100 * MILLI);
    }

    @Test
    void shouldNotWaitForAnotherChordLongerThanTheChordsBefore() {
        for (int i = 0; i < 5; i++) {
            play(i * 1_800L, 60, 1_700);
        }
        phrase.noteBegan(60, 80, 9_000 * MILLI, REST);
        assertThat(phrase.endNanos(true, REST, false)).isEqualTo(9_000 * MILLI + (long) (1.35 * 1_800 * MILLI));
        for (int i = 6; i < 16; i++) {
            play(i * 1_500L + 500, 60, 200);
            play(i * 1_500L + 1_000, 60, 200);
            play(i * 1_500L + 1_500, 60, 200);
        }
        assertThat(phrase.endNanos(true, REST, false) - phrase.lastActivityNanos())
                .as("who plays fast may hold the last note")
                .isEqualTo(2_000 * MILLI);
    }

    @Test
    void shouldNotWaitLongerAfterALongLastChordThanIfItWereHeld() {
        for (int i = 0; i < 6; i++) {
            play(i * 1_800L, 60, 1_700);
        }
        assertThat(phrase.endNanos(false, REST, false)).isEqualTo(9_000 * MILLI + (long) (1.35 * 1_800 * MILLI));
        phrase.noteEnded(60, 9_000 * MILLI + 2_300 * MILLI);
        assertThat(phrase.endNanos(false, REST, false))
                .as("the rest at least")
                .isEqualTo(9_000 * MILLI + 2_300 * MILLI + REST);
    }

    @Test
    void shouldWaitLongerForWhoPlaysSlowlyButNotForEver() {
        for (int i = 0; i < 9; i++) {
            play(i * 800L, 60, 100);
        }
        long last = (8 * 800 + 100) * MILLI;
        assertThat(phrase.endNanos(false, REST, false)).isEqualTo(last + 1_200 * MILLI);
        phrase.reset();
        assertThat(phrase.notes()).isZero();
        for (int i = 9; i < 18; i++) {
            play(i * 2_000L, 60, 100);
        }
        assertThat(phrase.endNanos(false, REST, false) - phrase.lastActivityNanos())
                .isEqualTo(3 * REST);
    }

    @Test
    void shouldForgetThePhraseButNotThePace() {
        play(0, 60, 100);
        play(300, 60, 100);
        phrase.reset();
        assertThat(phrase.notes()).isZero();
        assertThat(phrase.polyphony()).isZero();
        assertThat(phrase.longestNoteNanos()).isZero();
        assertThat(phrase.medianGapNanos(0)).isEqualTo(300 * MILLI);
        play(5_000, 60, 50);
        assertThat(phrase.durationNanos()).isEqualTo(50 * MILLI);
        assertThat(phrase.medianGapNanos(0)).as("a pause is no gap").isEqualTo(300 * MILLI);
    }

    /** Eighths, and a last note four times as long. */
    private void playLine(Phrase line, int keys) {
        for (int i = 0; i < 12; i++) {
            line.noteBegan(60 + i, 80, i * 200L * MILLI, REST);
            line.keysHeld(keys);
            line.noteEnded(60 + i, (i * 200L + (i == 11 ? 800 : 180)) * MILLI);
        }
    }

    @Test
    void shouldEndALineThatSoundsFinishedSooner() {
        long last = 3_000 * MILLI;
        playLine(phrase, 1);
        assertThat(phrase.endNanos(false, REST, false)).as("not asked for").isEqualTo(last + REST);
        assertThat(phrase.endNanos(false, REST, true)).isBetween(last + 200 * MILLI, last + 300 * MILLI);
        assertThat(phrase.endNanos(true, REST, true)).as("held").isGreaterThan(last + REST);
        assertThat(phrase.endNanos(false, 300 * MILLI, true)).as("short enough").isEqualTo(last + 300 * MILLI);
        Phrase copy = new Phrase();
        copy.copyFrom(phrase);
        assertThat(copy.endNanos(false, REST, true)).isEqualTo(phrase.endNanos(false, REST, true));
        Phrase chords = new Phrase();
        playLine(chords, 3);
        assertThat(chords.endNanos(false, REST, true)).as("chords").isEqualTo(last + REST);
    }

    @Test
    void shouldNotTakeTwoNotesOrSlowPlayingForALineThatSoundsFinished() {
        playLine(phrase, 1);
        phrase.reset();
        play(6_000, 60, 800);
        play(6_900, 60, 800);
        assertThat(phrase.endNanos(false, REST, true)).isEqualTo((6_900 + 800) * MILLI + REST);
        Phrase slow = new Phrase();
        for (int i = 0; i < 9; i++) {
            slow.noteBegan(60, 80, i * 800L * MILLI, REST);
            slow.noteEnded(60, (i * 800L + 500) * MILLI);
        }
        assertThat(slow.endNanos(false, REST, true)).isEqualTo(slow.endNanos(false, REST, false));
    }

    @Property(tries = 300)
    void shouldTakeTheMedianOfTheLastEightGapsThatAreNoChord(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 2_100) Long> gaps) {
        Phrase fresh = new Phrase();
        long nanos = 0;
        fresh.noteBegan(60, 80, nanos, REST);
        List<Long> counted = new ArrayList<>();
        for (long gap : gaps) {
            nanos += gap * MILLI;
            fresh.noteBegan(60, 80, nanos, REST);
            if (gap > 50) {
                counted.add(gap * MILLI);
            }
        }
        List<Long> last = counted.subList(Math.max(0, counted.size() - 8), counted.size());
        long median = last.isEmpty() ? -1 : last.stream().sorted().toList().get(last.size() / 2);
        assertThat(fresh.medianGapNanos(-1)).isEqualTo(median);
    }
}
