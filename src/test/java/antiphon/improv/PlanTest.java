package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final Plan plan = new Plan();

    @Property(tries = 200)
    void shouldGiveBackInOrderWhatWasPlanned(@ForAll @Size(max = 60) List<@IntRange(max = 60) Integer> steps) {
        plan.clear();
        List<Integer> expected = new ArrayList<>();
        int number = 0;
        for (int step : steps) {
            if (step == 0) {
                plan.clear();
                expected.clear();
            }
            for (int i = 0; i < step; i++) {
                // An odd step takes away, an even one adds.
                if (step % 2 == 0 && plan.add(number, 10L * number)) {
                    expected.add(number++);
                } else if (step % 2 == 1 && !expected.isEmpty()) {
                    plan.removeFirst();
                    expected.removeFirst();
                }
            }
            assertHolds(expected);
        }
    }

    private void assertHolds(List<Integer> expected) {
        assertThat(plan.size()).isEqualTo(expected.size()).isLessThanOrEqualTo(Plan.CAPACITY);
        assertThat(plan.isEmpty()).isEqualTo(expected.isEmpty());
        for (int place = 0; place < expected.size(); place++) {
            assertThat(plan.event(place)).isEqualTo(expected.get(place));
            assertThat(plan.dueNanos(place)).isEqualTo(10L * expected.get(place));
        }
    }

    @Test
    void shouldRefuseWhatItHasNoRoomForAndKeepTheRest() {
        for (int i = 0; i < Plan.CAPACITY; i++) {
            assertThat(plan.add(i, i)).isTrue();
        }
        assertThat(plan.add(-1, -1)).isFalse();
        assertThat(plan.event(0)).isZero();
        assertThat(plan.event(Plan.CAPACITY - 1)).isEqualTo(Plan.CAPACITY - 1);
        plan.removeFirst();
        assertThat(plan.add(-1, 7)).isTrue();
        assertThat(plan.event(Plan.CAPACITY - 1)).isEqualTo(-1);
    }

    @Test
    void shouldDropWhatIsDueFromATimeOn() {
        for (int i = 0; i < 5; i++) {
            plan.add(i, 10L * i);
        }
        plan.setWhole();
        plan.cut(25);
        assertHolds(List.of(0, 1, 2));
        assertThat(plan.isWhole()).isTrue();
        plan.clear();
        assertThat(plan.isWhole()).isFalse();
    }
}
