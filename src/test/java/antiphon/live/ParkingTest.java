package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.Allocation;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without the ceiling that keeps a lost wake-up from stopping the music: here it must stop the test. */
@Timeout(60)
class ParkingTest {
    private final Parking parking = new Parking(Long.MAX_VALUE);

    @Test
    void shouldReturnAtOnceWhenTheTimeHasCome() {
        AtomicInteger asked = new AtomicInteger();
        for (long nanos : new long[] {0, -1, Long.MIN_VALUE}) {
            parking.park(nanos, () -> asked.incrementAndGet() < 0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void shouldNotParkIfSomethingWaits() {
        parking.park(Long.MAX_VALUE, () -> true);
        assertThat(parking).isNotNull();
    }

    /** What comes between the last look at the ring and the parking must wake: here it comes exactly then. */
    @Test
    void shouldNotLoseASignalThatComesWhileItIsAboutToPark() {
        for (int time = 0; time < 1_000; time++) {
            parking.park(Long.MAX_VALUE, () -> {
                parking.signalAllWhenBlocking();
                return false;
            });
        }
        assertThat(parking).isNotNull();
    }

    @Test
    void shouldWakeForEverySignal() throws InterruptedException {
        AtomicLong published = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        int signals = 50_000;
        Thread consumer = Thread.ofPlatform().daemon().start(() -> {
            while (seen.get() < signals) {
                seen.set(published.get());
                if (seen.get() < signals) {
                    parking.park(Long.MAX_VALUE, () -> published.get() > seen.get());
                }
            }
        });
        for (int i = 0; i < signals; i++) {
            long mine = published.incrementAndGet();
            parking.signalAllWhenBlocking();
            // Half of the time it has parked again by then, half of the time it is about to.
            if (i % 2 == 0) {
                Spin.until(() -> seen.get() >= mine);
            }
        }
        consumer.join();
        assertThat(seen).hasValue(signals);
    }

    @Test
    void shouldWakeAThreadForGoodAlsoBeforeItParks() throws InterruptedException {
        AtomicInteger parked = new AtomicInteger();
        Thread consumer = Thread.ofPlatform().daemon().unstarted(() -> {
            Spin.until(() -> parked.get() > 0);
            parking.park(Long.MAX_VALUE, () -> false);
        });
        consumer.start();
        parking.wake(consumer);
        parked.set(1);
        consumer.join();
        assertThat(consumer.isAlive()).isFalse();
    }

    @Test
    void shouldParkNoLongerThanItsCeiling() {
        new Parking(1).park(Long.MAX_VALUE, () -> false);
        assertThat(parking).as("we came back").isNotNull();
    }

    @Test
    void shouldRefuseToWaitAsOtherStrategiesDo() {
        RingBuffer<Slot> ring = RingBuffer.createSingleProducer(Slot::new, 4, parking);
        assertThatThrownBy(() -> parking.waitFor(0, new Sequence(), new Sequence(), ring.newBarrier()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldAllocateNothing() {
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        parking.park(1, () -> true);
                        parking.signalAllWhenBlocking();
                    }
                }))
                .isZero();
    }
}
