package antiphon.judge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VarietyTest {
    @Test
    void shouldTellOneRepeatedPitch() {
        assertThat(Variety.of(Tunes.even(60, 62), Tunes.even(64, 64, 64))).isEqualTo(new Variety(1, 1, 1));
        assertThat(Variety.of(Tunes.even(60, 62), Tunes.even(64))).isEqualTo(new Variety(1, 1, Double.NaN));
        assertThat(Variety.of(Tunes.even(60, 60), Tunes.even(64, 64)).onePitch())
                .isNaN();
        assertThat(Variety.of(Tunes.even(60, 62), List.of())).isEqualTo(new Variety(Double.NaN, 0, Double.NaN));
    }

    @Test
    void shouldCountPitchesAndNotesThatRepeatTheOneBefore() {
        assertThat(Variety.of(Tunes.even(60, 62), Tunes.even(60, 60, 62, 60, 60)))
                .isEqualTo(new Variety(0, 2, 2.0 / 4));
    }
}
