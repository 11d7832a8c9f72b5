package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTest {
    private static final List<Note> C_MAJOR =
            MadeUpMusic.melody(Voice.HUMAN, 60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60);

    @Test
    void shouldFindTheKeyOfAScale() {
        assertThat(Key.of(C_MAJOR)).isEqualTo(new Key(0, false));
        assertThat(Key.of(C_MAJOR).text()).isEqualTo("C major");
        assertThat(Key.of(MadeUpMusic.melody(Voice.HUMAN, 69, 71, 72, 74, 76, 77, 80, 81, 76, 72, 69)))
                .isEqualTo(new Key(9, true));
    }

    @Test
    void shouldFindTheSameKeyInEveryTransposition() {
        for (int shift = 0; shift < 12; shift++) {
            Phrase phrase = Matching.transposed(new Phrase(0, 1, 0, C_MAJOR), shift);
            assertThat(Key.of(phrase.notes())).isEqualTo(new Key(Math.floorMod(shift, 12), false));
        }
    }

    @Test
    void shouldCountTheNotesInKey() {
        assertThat(new Key(0, false).share(MadeUpMusic.melody(Voice.ANSWER, 60, 61, 62, 63)))
                .isEqualTo(0.5);
        assertThat(new Key(9, true).share(C_MAJOR)).isEqualTo(1);
        assertThat(new Key(6, false).share(C_MAJOR)).isCloseTo(2.0 / 11, within(0.01));
        assertThat(new Key(0, false).share(List.of())).isNaN();
    }
}
