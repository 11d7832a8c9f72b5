package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VoiceLeadingTest {
    private static final long BEAT = 500_000_000L;

    private final VoiceLeading leading = new VoiceLeading(3);

    private void play(long nanos, int tune, int... voices) {
        leading.follow(tune, nanos);
        for (int i = 0; i < voices.length; i++) {
            leading.take(i, voices[i]);
        }
    }

    @Test
    void shouldPreferSmallSteps() {
        play(0, 72, 64);
        leading.follow(74, BEAT);
        assertThat(leading.cost(0, 65, true)).isLessThan(leading.cost(0, 69, true));
        assertThat(leading.cost(0, 69, true)).isLessThan(leading.cost(0, 57, true));
    }

    @Test
    void shouldAvoidParallelOctavesAndFifthsWithTheTune() {
        play(0, 72, 60);
        leading.follow(74, BEAT);
        assertThat(leading.cost(0, 62, true)).isGreaterThan(leading.cost(0, 59, true) + 5);
        play(BEAT, 74, 67);
        leading.follow(76, 2 * BEAT);
        assertThat(leading.cost(0, 69, true)).isGreaterThan(leading.cost(0, 67, true) + 2);
    }

    @Test
    void shouldAvoidParallelsBetweenItsVoices() {
        play(0, 76, 67, 60);
        leading.follow(77, BEAT);
        leading.take(0, 69);
        assertThat(leading.cost(1, 62, false)).isGreaterThan(leading.cost(1, 60, false) + 2);
    }

    @Test
    void shouldMindClashesMoreOnStrongBeats() {
        leading.follow(72, 0);
        assertThat(leading.cost(0, 61, true)).isGreaterThan(leading.cost(0, 61, false));
        assertThat(leading.cost(0, 61, false)).isGreaterThan(leading.cost(0, 64, false));
        assertThat(leading.cost(0, 64, true)).isZero();
    }

    @Test
    void shouldBeginANewLineAfterASilence() {
        play(0, 72, 60);
        leading.follow(74, 20 * BEAT);
        assertThat(leading.cost(0, 62, true)).isZero();
    }
}
