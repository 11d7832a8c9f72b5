package antiphon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountTest {
    @Test
    void shouldAddAnSUnlessThereIsOne() {
        assertThat(Amount.of(0, "note")).isEqualTo("0 notes");
        assertThat(Amount.of(1, "note")).isEqualTo("1 note");
        assertThat(Amount.of(2000, "note")).isEqualTo("2000 notes");
        assertThat(Amount.grouped(1, "piece")).isEqualTo("1 piece");
        assertThat(Amount.grouped(2000, "piece")).isEqualTo("2,000 pieces");
    }
}
