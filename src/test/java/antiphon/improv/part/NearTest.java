package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearTest {
    @Test
    void shouldAddWhatAnotherPrefersAndMakeFarPitchesUnlikely() {
        Near near = new Near(pitch -> pitch == 60 ? 1 : 0);
        near.setPitch(62);
        assertThat(near.bias(60)).isEqualTo(1);
        assertThat(near.bias(69)).isZero();
        assertThat(near.bias(70)).isNegative();
        assertThat(near.bias(40)).isLessThan(near.bias(50));
    }
}
