package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** By itself; how it serves the beat is in {@link OnsetTrackerTest}. */
class GridFitTest {
    private final GridFit grid = new GridFit(64);

    private long steps(int from, int to) {
        return Math.round((grid.at(to) - grid.at(from)) / grid.periodNanos());
    }

    @Test
    void shouldFitAnEvenGridToAllOnsets() {
        for (int i = 0; i < 30; i++) {
            grid.add(i * 250e6 - 9e9);
        }
        assertThat(grid.find()).isEqualTo(1);
        assertThat(grid.first()).isZero();
        assertThat(grid.periodNanos()).isCloseTo(250e6, within(1e3));
        assertThat(steps(0, 29)).isEqualTo(29);
    }

    @Test
    void shouldFitADriftingGridToTheLastOnsetsOnly() {
        double at = -9e9;
        double period = 250e6;
        for (int i = 0; i < 32; i++) {
            grid.add(at);
            at += period;
            period *= 1 + 0.03 * period / 1e9;
        }
        assertThat(grid.find()).isEqualTo(1);
        assertThat(grid.first()).isPositive();
        assertThat(steps(grid.first(), 31)).isEqualTo(31 - grid.first());
    }

    @Test
    void shouldFindNothingInFewOnsets() {
        for (int i = 0; i < 4; i++) {
            grid.add(i * 250e6);
        }
        assertThat(grid.find()).isZero();
        grid.clear();
        assertThat(grid.used()).isZero();
        assertThat(grid.find()).isZero();
    }
}
