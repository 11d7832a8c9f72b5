package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LooksTest {
    private static final long MILLI = 1_000_000L;

    private final Looks looks = new Looks();
    private final Pulse pulse = new Pulse();

    @Test
    void shouldBeDueOnceTheHumanHasPlayedAndNotTooSoonAgain() {
        assertThat(looks.nextNanos()).isEqualTo(Long.MAX_VALUE);
        looks.played();
        assertThat(looks.nextNanos()).isLessThan(0);
        looks.find(pulse, 1_000 * MILLI);
        assertThat(looks.nextNanos()).as("nothing new").isEqualTo(Long.MAX_VALUE);
        looks.played();
        assertThat(looks.nextNanos()).isEqualTo(1_250 * MILLI);
        looks.forget();
        assertThat(looks.nextNanos()).isEqualTo(Long.MAX_VALUE);
        looks.played();
        assertThat(looks.nextNanos()).isLessThan(0);
    }

    @Test
    void shouldLookAtWhatWasHeard() {
        for (int i = 0; i < 24; i++) {
            pulse.hear(i % 2 == 0 ? 43 : 64, 80, i * 250L * MILLI);
        }
        assertThat(pulse.isSure()).isFalse();
        looks.find(pulse, 24 * 250L * MILLI);
        assertThat(pulse.isSure()).isTrue();
    }
}
