package antiphon.judge.intime;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.Note;
import antiphon.music.Voice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContinuatorTest {
    private static final long MILLI = 1_000_000L;

    /** Each pitch with the interval after it. */
    private static final int[][] CALL = {{60, 500}, {62, 250}, {64, 250}, {60, 500}, {62, 250}, {65, 750}, {60, 500}};

    private static List<Note> call() {
        List<Note> call = new ArrayList<>();
        long at = 0;
        for (int[] step : CALL) {
            call.add(new Note(Voice.HUMAN, at, 100 * MILLI, step[0], 70));
            at += step[1] * MILLI;
        }
        return call;
    }

    @Test
    void shouldPlayTheCallsOwnPitchesAndIntervalsInOrdersOfTheCall() {
        Set<List<Integer>> pairs = new HashSet<>();
        for (int i = 0; i + 2 < CALL.length; i++) {
            pairs.add(List.of(CALL[i][0], CALL[i + 1][0]));
        }
        // What follows the call's last notes is unknown to a chain; then any may come.
        pairs.add(List.of(65, 60));
        for (long seed = 0; seed < 20; seed++) {
            List<Note> answer = Continuator.answer(call(), 4_000 * MILLI, 9_000 * MILLI, seed);
            assertThat(answer).hasSizeGreaterThan(8).allSatisfy(note -> {
                assertThat(note.voice()).isEqualTo(Voice.ANSWER);
                assertThat(note.onsetNanos()).isBetween(4_000 * MILLI, 9_000 * MILLI);
                // All intervals of the call are multiples of 250 ms, so what continues it is in its time.
                assertThat(note.onsetNanos() % (250 * MILLI)).isZero();
            });
            int foreign = 0;
            for (int i = 1; i < answer.size(); i++) {
                boolean known = pairs.contains(
                        List.of(answer.get(i - 1).pitch(), answer.get(i).pitch()));
                foreign += known ? 0 : 1;
            }
            // The chain starts anew each time it comes to the end of the call, which has no successor.
            assertThat(foreign).isLessThanOrEqualTo(answer.size() / 3);
        }
    }

    @Test
    void shouldGiveTheSameForTheSameSeedAndAnotherForAnother() {
        List<Note> one = Continuator.answer(call(), 4_000 * MILLI, 12_000 * MILLI, 1);
        assertThat(Continuator.answer(call(), 4_000 * MILLI, 12_000 * MILLI, 1)).isEqualTo(one);
        assertThat(Continuator.answer(call(), 4_000 * MILLI, 12_000 * MILLI, 2)).isNotEqualTo(one);
    }

    @Test
    void shouldHaveNothingToSayOfOneNote() {
        assertThat(Continuator.answer(call().subList(0, 1), 0, 5_000 * MILLI, 1))
                .isEmpty();
        assertThat(Continuator.answer(List.of(), 0, 5_000 * MILLI, 1)).isEmpty();
    }

    @Test
    void shouldScatterTheCallsNotesAtRandom() {
        List<Note> answer = RandomOnsets.answer(call(), 700 * MILLI, 3_000 * MILLI, 1);
        assertThat(answer).hasSameSizeAs(call()).allSatisfy(note -> assertThat(note.onsetNanos())
                .isBetween(700 * MILLI, 3_000 * MILLI));
        assertThat(answer.stream().map(Note::pitch))
                .containsExactlyElementsOf(call().stream().map(Note::pitch).toList());
        assertThat(RandomOnsets.answer(call(), 700 * MILLI, 3_000 * MILLI, 1)).isEqualTo(answer);
        assertThat(RandomOnsets.answer(call(), 700 * MILLI, 3_000 * MILLI, 2)).isNotEqualTo(answer);
    }
}
