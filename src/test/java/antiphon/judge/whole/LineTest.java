package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Note;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void shouldTakeTheHighestNoteOfEachOnset() {
        List<Note> notes = List.of(
                Tunes.note(0.5, 1, 48),
                Tunes.note(0, 1, 60),
                Tunes.note(0.02, 1, 67),
                Tunes.note(0.05, 1, 64),
                Tunes.note(0.54, 1, 72),
                Tunes.note(0.56, 1, 71));
        Line line = Line.of(notes);
        // The last note begins more than 50 ms after the chord's first.
        assertThat(line.size()).isEqualTo(3);
        assertThat(line.intervals()).containsExactly(72 - 67, 71 - 72);
        assertThat(line.ratios()).containsExactly(-2);
    }

    @Test
    void shouldTellRatiosOfTimeApartByOctaves() {
        assertThat(Tunes.rhythm(0.5, 0.5, 1, 0.25, 0.75, 0.06, 0.5).ratios()).containsExactly(0, 1, -2, 2, -2, 2);
        // Uneven hands and the swing of triplets differ by less than half an octave or by more.
        assertThat(Tunes.rhythm(0.5, 0.55, 0.48, 0.32, 0.16).ratios()).containsExactly(0, 0, -1, -1);
    }

    @Test
    void shouldHaveNoIntervalsWithoutTwoNotes() {
        assertThat(Line.of(List.of()).intervals()).isEmpty();
        assertThat(Tunes.line(60).intervals()).isEmpty();
        assertThat(Tunes.line(60, 62).ratios()).isEmpty();
    }
}
