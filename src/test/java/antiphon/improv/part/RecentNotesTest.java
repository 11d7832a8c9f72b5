package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecentNotesTest {
    private static final double SECOND = 1e9;

    private final RecentNotes notes = new RecentNotes(2 * SECOND);

    @Test
    void shouldCountANoteTheLessTheLongerAgoItBegan() {
        notes.restart(0);
        assertThat(notes.at(0)).isZero();
        notes.add(0);
        assertThat(notes.at(0)).isEqualTo(1);
        assertThat(notes.at((long) (2 * SECOND))).isEqualTo(1 / Math.E, within(1e-12));
        notes.add((long) (2 * SECOND));
        assertThat(notes.at((long) (2 * SECOND))).isEqualTo(1 + 1 / Math.E, within(1e-12));
        notes.restart(5);
        assertThat(notes.at(5)).isZero();
    }

    /** A note that is due a moment before the last one, as in a chord, counts whole. */
    @Test
    void shouldCountWhatComesOutOfOrder() {
        notes.restart(0);
        notes.add(1_000);
        notes.add(0);
        assertThat(notes.at(1_000)).isEqualTo(2);
    }

    @Test
    void shouldSayWhatASteadyPaceWouldCount() {
        notes.restart(0);
        for (int i = 0; i < 4_000; i++) {
            notes.add((long) (i * SECOND / 100));
        }
        long nanos = (long) (40 * SECOND);
        assertThat(notes.at(nanos)).isCloseTo(100 / SECOND * notes.spanNanos(0, nanos), within(1.0));
        assertThat(notes.ahead(notes.at(nanos), 1, nanos)).isZero();
        assertThat(notes.ahead(100, 0, nanos)).isCloseTo(Math.log(2), within(0.01));
    }
}
