package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void shouldCountNotesASecondAndVoices() {
        assertThat(Pace.of(List.of(Tunes.note(1, 0.5, 60)))).isEqualTo(new Pace(1, 2, 1));
        assertThat(Pace.of(List.of(Tunes.note(1, 1, 60), Tunes.note(1.5, 1.5, 64), Tunes.note(2, 0.5, 67))))
                .isEqualTo(new Pace(3, 1.5, 2));
    }

    @Test
    void shouldHaveNoDensityWithoutNotes() {
        assertThat(Pace.of(List.of())).isEqualTo(new Pace(0, Double.NaN, 0));
    }
}
