package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WaitingTest {
    /** Two of three come, the third lets the first of them be heard. */
    @Property(tries = 200)
    void shouldGiveWhatIsAddedInTimeInThatOrder(@ForAll @Size(max = 200) List<@IntRange(max = 20) Integer> times) {
        Waiting waiting = new Waiting();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            if (i % 3 == 2) {
                assertTaken(waiting, times, expected);
            }
            waiting.addInTime(i % 4, Waiting.TOLD, i, i, times.get(i), i);
            expected.add(i);
            // A stable sort: of those at one time the first comes first.
            expected.sort(Comparator.comparing(times::get));
        }
        while (!expected.isEmpty()) {
            assertTaken(waiting, times, expected);
        }
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.firstNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertTaken(Waiting waiting, List<Integer> times, List<Integer> expected) {
        int number = expected.removeFirst();
        assertThat(waiting.firstNanos()).isEqualTo(times.get(number).longValue());
        waiting.take();
        assertThat(waiting.message()).isEqualTo(number);
        assertThat(waiting.part()).isEqualTo(number % 4);
        assertThat(waiting.from()).isEqualTo(number);
        assertThat(waiting.nanos()).isEqualTo(times.get(number).longValue());
        assertThat(waiting.nowNanos()).isEqualTo(number);
    }

    @Property(tries = 20)
    void shouldGiveWhatIsAddedInTheOrderInWhichItCame(@ForAll @IntRange(max = 9_000) int count) {
        Waiting waiting = new Waiting();
        for (int i = 0; i < count; i++) {
            waiting.add(1, Waiting.HEARD, 0, i, -i, i);
        }
        int taken = 0;
        while (!waiting.isEmpty()) {
            waiting.take();
            assertThat(waiting.message()).isEqualTo(taken++);
        }
        // What found no room is not heard; the ensemble makes room before.
        assertThat(taken).isEqualTo(Math.min(count, 8_192));
    }
}
