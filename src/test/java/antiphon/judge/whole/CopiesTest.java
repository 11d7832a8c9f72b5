package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private static final Line CALL = Tunes.line(60, 62, 64, 65, 67, 64, 60, 72);

    @Test
    void shouldFindACopyInAnotherKeyAndTempo() {
        assertThat(Copies.of(CALL, CALL)).isEqualTo(new Copies(8, 1));
        List<Note> slower = new ArrayList<>();
        for (int pitch : new int[] {50, 53, 55, 57, 58, 60, 57, 40}) {
            slower.add(Tunes.note(slower.size() * 0.7, 0.5, pitch));
        }
        // The six notes from 53 to 57 are the call's first six, a fifth below; 50 and 40 are not.
        assertThat(Copies.of(CALL, Line.of(slower))).isEqualTo(new Copies(6, 6.0 / 8));
    }

    @Test
    void shouldNotCallFiveNotesACopy() {
        assertThat(Copies.of(CALL, Tunes.line(53, 55, 57, 58, 60, 61))).isEqualTo(new Copies(5, 0));
        assertThat(Copies.of(CALL, Tunes.line(60, 63, 66))).isEqualTo(new Copies(0, 0));
        assertThat(Copies.of(CALL, Line.of(List.of()))).isEqualTo(new Copies(0, 0));
        assertThat(Copies.of(Tunes.line(60), CALL)).isEqualTo(new Copies(0, 0));
    }

    @Test
    void shouldEndARunWhereTheRhythmDiffers() {
        List<Note> held = new ArrayList<>();
        int[] pitches = {60, 62, 64, 65, 67, 64, 60, 72};
        for (int i = 0; i < pitches.length; i++) {
            // The fourth note comes half a second late.
            held.add(Tunes.note(i * 0.25 + (i > 2 ? 0.5 : 0), 0.2, pitches[i]));
        }
        // Even up to the third, even again from the fourth to the last.
        assertThat(Copies.of(CALL, Line.of(held))).isEqualTo(new Copies(5, 0));
    }
}
