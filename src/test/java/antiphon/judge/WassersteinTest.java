package antiphon.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WassersteinTest {
    @Test
    void shouldBeAsFarAsSamplesWereShifted() {
        double[] one = new SplittableRandom(1).doubles(500).sorted().toArray();
        double[] shifted =
                java.util.Arrays.stream(one).map(value -> value + 3.5).toArray();
        assertThat(Wasserstein.onLine(one, shifted)).isCloseTo(3.5, within(1e-9));
        assertThat(Wasserstein.onLine(shifted, one)).isCloseTo(3.5, within(1e-9));
        assertThat(Wasserstein.onLine(one, one)).isZero();
    }

    @Test
    void shouldCompareSamplesOfDifferentSizes() {
        assertThat(Wasserstein.onLine(new double[] {0, 0, 0, 0}, new double[] {0, 2}))
                .isCloseTo(1, within(1e-12));
        assertThat(Wasserstein.onLine(new double[] {5}, new double[] {1, 2, 3})).isCloseTo(3, within(1e-12));
    }

    @Test
    void shouldGoRoundTheCircleTheShortWay() {
        double[] first = new double[12];
        double[] last = new double[12];
        first[0] = 7;
        last[11] = 3;
        assertThat(Wasserstein.onCircle(first, last)).isCloseTo(1, within(1e-12));
        double[] opposite = new double[12];
        opposite[6] = 1;
        assertThat(Wasserstein.onCircle(first, opposite)).isCloseTo(6, within(1e-12));
    }
}
