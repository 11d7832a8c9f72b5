package antiphon.improv.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineTest {
    private final Line line = new Line();

    @Test
    void shouldBeNearestToItsPoints() {
        line.add(0, 1);
        line.add(1, 2);
        line.add(2, 6);
        assertThat(line.points()).isEqualTo(3);
        assertThat(line.slope()).isCloseTo(2.5, within(1e-12));
        assertThat(line.start(line.slope())).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void shouldSayThatOnePlaceTellsNoSlope() {
        assertThat(line.slope()).isNaN();
        line.add(3, 7);
        assertThat(line.slope()).isNaN();
        assertThat(line.start(2)).isEqualTo(1);
        line.clear();
        assertThat(line.points()).isZero();
    }

    @Test
    void shouldLieBetweenWhatWasBelievedAndWhatThePointsSay() {
        line.add(0, 0);
        line.add(1, 10);
        // The points' distance squared from their middle is a half.
        assertThat(line.slope(4, 0.5)).isCloseTo(7, within(1e-12));
        assertThat(line.slope(4, 0)).isCloseTo(10, within(1e-12));
    }
}
