package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TogetherDialsTest {
    private final TogetherDials dials = new TogetherDials(new Settings.Together(HarmonyPlace.ABOVE, 60, 2, 55));

    @Test
    void shouldBeginWithTheSettings() {
        assertThat(dials.place()).isEqualTo(HarmonyPlace.ABOVE);
        assertThat(dials.level()).isEqualTo(0.6);
        assertThat(dials.voices()).isEqualTo(2);
        assertThat(dials.split()).isEqualTo(55);
    }

    @Test
    void shouldTakeOverEachControl() {
        dials.set(Control.HARMONY_PLACE, HarmonyPlace.EITHER.number());
        dials.set(Control.HARMONY_LEVEL, 100);
        dials.set(Control.HARMONY_VOICES, 3);
        dials.set(Control.SPLIT, 0);
        dials.set(Control.BOLDNESS, 17);
        assertThat(dials.place()).isEqualTo(HarmonyPlace.EITHER);
        assertThat(dials.level()).isEqualTo(1);
        assertThat(dials.voices()).isEqualTo(3);
        assertThat(dials.split()).isZero();
    }
}
