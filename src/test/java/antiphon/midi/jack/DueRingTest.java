package antiphon.midi.jack;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.DueHeap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DueRingTest {
    private record Sent(int message, long dueNanos) {}

    @Property
    void shouldTakeInOrderOfDueTimeAndThenOfSending(
            @ForAll @Size(max = 200) List<@IntRange(min = -20, max = 20) Integer> dues) {
        DueHeap heap = new DueHeap(200);
        List<Sent> expected = new ArrayList<>();
        for (int i = 0; i < dues.size(); i++) {
            heap.add(i, dues.get(i));
            expected.add(new Sent(i, dues.get(i)));
        }
        expected.sort(Comparator.comparingLong(Sent::dueNanos));
        assertThat(takeAll(heap)).isEqualTo(expected);
        assertThat(heap.firstDueNanos()).isEqualTo(Long.MAX_VALUE);
    }

    /** Takes between the adds, as the process callback does. */
    @Property
    void shouldAlwaysTakeTheEarliestThatIsThere(
            @ForAll @Size(max = 200) List<@IntRange(min = -1, max = 30) Integer> steps) {
        DueHeap heap = new DueHeap(200);
        List<Sent> waiting = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            int due = steps.get(i);
            if (due >= 0) {
                heap.add(i, due);
                waiting.add(new Sent(i, due));
            } else if (!waiting.isEmpty()) {
                waiting.sort(Comparator.comparingLong(Sent::dueNanos));
                Sent first = waiting.removeFirst();
                assertThat(new Sent(heap.firstMessage(), heap.firstDueNanos())).isEqualTo(first);
                heap.removeFirst();
            }
            assertThat(heap.size()).isEqualTo(waiting.size());
        }
    }

    private static List<Sent> takeAll(DueHeap heap) {
        List<Sent> taken = new ArrayList<>();
        while (!heap.isEmpty()) {
            taken.add(new Sent(heap.firstMessage(), heap.firstDueNanos()));
            heap.removeFirst();
        }
        return taken;
    }

    @Test
    void shouldRefuseWhenFullAndTakeAgainAfterDraining() {
        DueRing ring = new DueRing(4);
        DueHeap heap = new DueHeap(3);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(i, i, DueHeap.NO_CAUSE)).isTrue();
        }
        assertThat(ring.offer(4, 4, DueHeap.NO_CAUSE)).isFalse();
        ring.drainTo(heap);
        assertThat(heap.size()).isEqualTo(3);
        assertThat(ring.isEmpty()).isFalse();
        assertThat(ring.offer(4, 4, DueHeap.NO_CAUSE)).isTrue();
        assertThat(takeAll(heap)).containsExactly(new Sent(0, 0), new Sent(1, 1), new Sent(2, 2));
        ring.drainTo(heap);
        assertThat(takeAll(heap)).containsExactly(new Sent(3, 3), new Sent(4, 4));
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    @Timeout(20)
    void shouldHandEverythingFromOneThreadToAnother() throws InterruptedException {
        int count = 200_000;
        DueRing ring = new DueRing(64);
        Thread producer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; i++) {
                while (!ring.offer(i, -i, DueHeap.NO_CAUSE)) {
                    Thread.onSpinWait();
                }
            }
        });
        DueHeap heap = new DueHeap(1);
        for (int i = 0; i < count; i++) {
            while (heap.isEmpty()) {
                ring.drainTo(heap);
            }
            assertThat(heap.firstMessage() == i && heap.firstDueNanos() == -i).isTrue();
            heap.removeFirst();
        }
        producer.join();
        assertThat(ring.isEmpty()).isTrue();
    }
}
