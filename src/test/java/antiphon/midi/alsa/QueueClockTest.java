package antiphon.midi.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.MidiBackend;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
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
}
