package antiphon.judge.intime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.music.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static List<Note> rhythm(double stepMillis, int... steps) {
        List<Integer> at = new ArrayList<>(List.of(0));
        IntStream.of(steps).forEach(each -> at.add(at.getLast() + each));
        return InTimeScoreTest.notes(at.stream().mapToDouble(each -> each * stepMillis));
    }

    @Test
    void shouldCountFiguresThatTheOtherHasInAnyTempo() {
        List<Note> call = rhythm(250, 2, 1, 1, 2, 2);
        assertThat(Rhythm.shared(rhythm(250, 2, 1, 1, 2, 2), 250e6, call, 250e6))
                .isEqualTo(1);
        assertThat(Rhythm.shared(rhythm(190, 2, 1, 1, 2, 2), 190e6, call, 250e6))
                .isEqualTo(1);
        assertThat(Rhythm.shared(rhythm(250, 4, 4, 4, 4, 4), 250e6, call, 250e6))
                .isZero();
        // Of the figures 211, 112, 121 and 212 the call has two.
        assertThat(Rhythm.shared(rhythm(250, 2, 1, 1, 2, 1, 2), 250e6, call, 250e6))
                .isEqualTo(0.5);
        assertThat(Rhythm.shared(rhythm(250, 2, 1), 250e6, call, 250e6)).isNaN();
        assertThat(Rhythm.shared(call, 250e6, List.of(), 250e6)).isNaN();
    }

    @Test
    void shouldCorrelateTheSameRhythmAndNotRandomOnes() {
        List<Note> one = rhythm(250, 2, 1, 1, 2, 4, 1, 1);
        assertThat(Rhythm.correlation(List.of(new Rhythm.Pair(one, one)))).isCloseTo(1, within(1e-9));
        // Two steady tempos that agree, pair for pair, and two that do not.
        List<Note> slow = rhythm(400, 1, 1, 1, 1);
        List<Note> fast = rhythm(200, 1, 1, 1, 1);
        assertThat(Rhythm.correlation(List.of(new Rhythm.Pair(slow, slow), new Rhythm.Pair(fast, fast))))
                .isCloseTo(1, within(1e-9));
        assertThat(Rhythm.correlation(List.of(new Rhythm.Pair(slow, fast)))).isCloseTo(-1, within(1e-9));
        SplittableRandom random = new SplittableRandom(1);
        List<Rhythm.Pair> pairs = IntStream.range(0, 60)
                .mapToObj(i -> new Rhythm.Pair(
                        rhythm(250, random.ints(30, 1, 5).toArray()),
                        rhythm(250, random.ints(30, 1, 5).toArray())))
                .toList();
        assertThat(Rhythm.correlation(pairs)).isCloseTo(0, within(0.1));
        assertThat(Rhythm.correlation(List.of())).isNaN();
        assertThat(Rhythm.correlation(List.of(new Rhythm.Pair(slow, slow)))).isNaN();
    }
}
