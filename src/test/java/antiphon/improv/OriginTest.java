package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {
    /** Journals have these numbers. */
    @Test
    void shouldKeepItsNumbers() {
        assertThat(Origin.values())
                .startsWith(
                        Origin.DRAWN,
                        Origin.TRANSPOSED,
                        Origin.INVERTED,
                        Origin.RHYTHM,
                        Origin.PITCHES,
                        Origin.SEQUENCE,
                        Origin.ENDING);
        for (Origin origin : Origin.values()) {
            assertThat(Origin.of(origin.number())).isEqualTo(origin);
            assertThat(origin.text()).isNotBlank();
        }
    }
}
