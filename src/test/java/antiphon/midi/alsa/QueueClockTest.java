package antiphon.midi.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiBackend;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QueueClockTest {
    private static final long MAX_NANOS = 0xFFFF_FFFFL * MidiBackend.NANOS_PER_SECOND;

    /** Asking for the queue's time takes long, now and then; the quickest answer is believed. */
    @Test
    void shouldFindTheDifferenceByTheQuickestOfManyAnswers() {
        AtomicLong now = new AtomicLong(5_000_000_000L);
        AtomicInteger asked = new AtomicInteger();
        QueueClock clock = new QueueClock(now::get, () -> {
            boolean quick = asked.getAndIncrement() == 20;
            long queueNanos = now.get() - 4_000_000_000L + 100;
            now.addAndGet(quick ? 200 : 90_000);
            return queueNanos;
        });
        clock.measure();
        assertThat(asked.get()).isGreaterThan(20);
        assertThat(clock.queueNanos(6_000_000_000L)).isEqualTo(2_000_000_000L);
    }

    @Test
    void shouldTellNoMessageThatItCameLaterThanNow() {
        QueueClock clock = new QueueClock(() -> 1000, () -> 400);
        clock.measure();
        assertThat(clock.inputNanos(300, 1000)).isEqualTo(900);
        assertThat(clock.inputNanos(500, 1000)).isEqualTo(1000);
    }

    @Property
    void shouldLeadBackToTheSameTime(
            @ForAll long nanoTime, @ForAll @LongRange(max = MAX_NANOS) long queueNanos, @ForAll int later) {
        long ahead = Math.min(queueNanos + Integer.toUnsignedLong(later), MAX_NANOS);
        QueueClock clock = new QueueClock(() -> nanoTime, () -> queueNanos);
        clock.measure();
        long nanos = clock.inputNanos(ahead, nanoTime + (ahead - queueNanos));
        assertThat(nanos - nanoTime).isEqualTo(ahead - queueNanos);
        assertThat(clock.queueNanos(nanos)).isEqualTo(ahead);
    }

    @Property
    void shouldReadWhatItHasWritten(@ForAll @LongRange(max = MAX_NANOS) long queueNanos) {
        try (Arena arena = Arena.ofConfined()) {
            long place = arena.allocate(8, 8).address();
            QueueClock.write(queueNanos, place);
            assertThat(QueueClock.read(place)).isEqualTo(queueNanos);
        }
    }

    /** The seven messages of a chord once left in the opposite order, because the watch measured just then. */
    @Test
    void shouldShowNobodyTheSlowAnswersWhileItMeasures() {
        AtomicLong now = new AtomicLong();
        AtomicLong delay = new AtomicLong(1_000_000);
        AtomicReference<QueueClock> self = new AtomicReference<>();
        List<Long> seen = new ArrayList<>();
        QueueClock clock = new QueueClock(now::get, () -> {
            QueueClock known = self.get();
            if (known != null) {
                seen.add(known.queueNanos(5_000_000_000L));
            }
            long queueNanos = now.get() - 100;
            now.addAndGet(delay.updateAndGet(before -> Math.max(1_000, before / 2)));
            return queueNanos;
        });
        clock.measure();
        self.set(clock);
        delay.set(1_000_000);
        clock.measure();
        assertThat(Set.copyOf(seen)).hasSize(1);
    }

    @Property
    void shouldLetNothingOvertakeWhatIsDueEarlier(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 0, max = 3_000) Long> steps,
            @ForAll @Size(min = 30, max = 30) List<@IntRange(min = 0, max = 5_000) Integer> offsets) {
        AtomicLong offset = new AtomicLong();
        QueueClock clock = new QueueClock(() -> 100_000_000L, () -> 50_000_000L + offset.get());
        QueueClock.InOrder order = new QueueClock.InOrder(clock);
        long due = 200_000_000L;
        long last = 0;
        for (int i = 0; i < steps.size(); i++) {
            offset.set(offsets.get(i));
            clock.measure();
            due += steps.get(i);
            long placed = order.queueNanos(due);
            assertThat(placed).isGreaterThanOrEqualTo(last).isGreaterThanOrEqualTo(clock.queueNanos(due));
            last = placed;
        }
        assertThat(order.queueNanos(due - 10_000_000)).as("what is due earlier").isLessThan(last + 1);
    }
}
