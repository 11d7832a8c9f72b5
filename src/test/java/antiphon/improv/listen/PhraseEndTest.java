package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PhraseEndTest {
    private static final long MILLI = 1_000_000L;
    private static final long REST = 700 * MILLI;

    private static long millis(long gap, long note, int notes, long phrase) {
        return PhraseEnd.silenceNanos(gap * MILLI, note * MILLI, notes, phrase * MILLI, REST) / MILLI;
    }

    @Test
    void shouldWaitLessAfterALongLastNoteAndAfterManyNotes() {
        assertThat(millis(160, 100, 12, 2_000)).isEqualTo(439);
        assertThat(millis(120, 500, 12, 2_000)).isEqualTo(200);
        assertThat(millis(160, 100, 30, 2_000)).isEqualTo(296);
    }

    @Test
    void shouldWaitLongerForWhoPlaysSlowly() {
        assertThat(millis(600, 500, 20, 12_000))
                .as("one and a quarter of a gap")
                .isEqualTo(750);
    }

    @Property
    void shouldNeverBeSoonerThanPeopleAndAsMuchLongerAsTheRest(
            @ForAll @LongRange(max = 10_000) long gap,
            @ForAll @LongRange(max = 10_000) long note,
            @ForAll @IntRange(min = 1, max = 10_000) int notes,
            @ForAll @LongRange(max = 600_000) long phrase) {
        long usual = PhraseEnd.silenceNanos(gap * MILLI, note * MILLI, notes, phrase * MILLI, REST);
        assertThat(usual).isGreaterThanOrEqualTo(Math.max(200 * MILLI, gap * MILLI * 5 / 4 - 1));
        assertThat(PhraseEnd.silenceNanos(gap * MILLI, note * MILLI, notes, phrase * MILLI, 2 * REST))
                .isBetween(2 * usual - 2, 2 * usual + 2);
        assertThat(PhraseEnd.silenceNanos(gap * MILLI, note * MILLI, notes, phrase * MILLI, REST / 2))
                .isEqualTo(usual);
    }
}
