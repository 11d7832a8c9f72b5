package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatenessTest {
    private static final long MILLI = 1_000_000L;
    private static final int NOTE_ON = Message.noteOn(1, 60, 80);

    @ParameterizedTest
    @CsvSource({"-50,false,false", "0,false,false", "20,false,false", "21,true,false", "100,true,false", "101,true,true"
    })
    void shouldPlayALateNoteAndDropOneThatIsTooLate(long millis, boolean late, boolean tooLate) {
        // Near where nanoTime may wrap.
        for (long due : new long[] {0, Long.MAX_VALUE - MILLI, Long.MIN_VALUE}) {
            assertThat(Lateness.isLate(NOTE_ON, due, due + millis * MILLI)).isEqualTo(late);
            assertThat(Lateness.isTooLate(NOTE_ON, due, due + millis * MILLI)).isEqualTo(tooLate);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40_3C_81, 0x00_3C_91, 0x00_40_B1, 0xF8, 0xFC})
    void shouldLetLeaveWhateverIsNoNoteOnHoweverLate(int message) {
        assertThat(Lateness.isTooLate(message, 0, 3_000 * MILLI)).isFalse();
        assertThat(Lateness.isLate(message, 0, 3_000 * MILLI)).isFalse();
    }
}
