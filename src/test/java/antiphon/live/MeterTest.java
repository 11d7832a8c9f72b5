package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import antiphon.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = 1_000_000_000L;

    /** Half of the hundredth that {@link Meter#DIGITS} allows for would do; buckets are a 128th at most. */
    private static final double ERROR = 0.01;

    private long now = -5 * SECOND;
    private final Meter meter = new Meter("inToOut", "in", "out", () -> now);

    @Property(tries = 200)
    void shouldTellPercentilesWithinOnePerCent(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = Meter.LONGEST_NANOS) Long> spans) {
        Meter fresh = new Meter("inToOut", "in", "out", () -> now);
        spans.forEach(fresh::record);
        Histogram all = fresh.sinceStart();
        assertThat(fresh.count()).isEqualTo(spans.size());
        assertClose(all.getMinValue(), percentile(spans, 0));
        assertClose(all.getValueAtPercentile(50), percentile(spans, 50));
        assertClose(all.getValueAtPercentile(90), percentile(spans, 90));
        assertClose(all.getValueAtPercentile(99), percentile(spans, 99));
        assertClose(all.getValueAtPercentile(99.9), percentile(spans, 99.9));
        assertClose(all.getMaxValue(), percentile(spans, 100));
        assertClose(
                Math.round(all.getMean()),
                Math.round(spans.stream().mapToLong(span -> span).average().orElseThrow()));
    }

    /** The smallest value that so many per cent of all are not above. */
    private static long percentile(List<Long> spans, double percent) {
        long[] sorted = spans.stream().mapToLong(span -> span).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    private static void assertClose(long told, long real) {
        assertThat((double) told).isCloseTo((double) real, within(1 + ERROR * real));
    }

    @Test
    void shouldCountWhatIsOutOfRangeAtItsEnds() {
        meter.record(-3);
        meter.record(Long.MIN_VALUE);
        meter.record(Long.MAX_VALUE);
        Histogram all = meter.sinceStart();
        assertThat(all.getTotalCount()).isEqualTo(3);
        assertThat(all.getMinValue()).isZero();
        assertClose(all.getMaxValue(), Meter.LONGEST_NANOS);
    }

    @Test
    void shouldForgetWhatIsOverAMinuteOldButCountItForEver() {
        for (int second = 0; second < 200; second++) {
            meter.record(second + 1);
            meter.roll();
            now += SECOND;
            int remembered = (int) meter.lastMinute().getTotalCount();
            assertThat(remembered).isBetween(Math.min(second + 1, 50), 60);
            assertThat(meter.lastMinute().getMaxValue())
                    .isEqualTo(meter.sinceStart().getMaxValue());
        }
        assertThat(meter.count()).isEqualTo(200);
        assertThat(meter.sinceStart().getMinValue()).isEqualTo(1);
    }

    @Test
    void shouldForgetAllWhenNothingHappensForAMinute() {
        meter.record(7);
        now += 20 * SECOND;
        meter.roll();
        assertThat(meter.lastMinute().getTotalCount()).isEqualTo(1);
        now += 61 * SECOND;
        assertThat(meter.lastMinute().getTotalCount()).isZero();
        now += 1_000_000 * SECOND;
        assertThat(meter.lastMinute().getTotalCount()).isZero();
        assertThat(meter.count()).isEqualTo(1);
    }

    @Test
    void shouldAllocateNothingWhenRecording() {
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        meter.record(i * 1_000L);
                    }
                }))
                .isZero();
    }

    @Test
    void shouldLoseNothingWhileManyWriteAndOthersRead() throws Exception {
        int perThread = 200_000;
        AtomicInteger running = new AtomicInteger(2);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < running.get(); i++) {
            writers.add(Thread.ofPlatform().start(() -> {
                for (int span = 0; span < perThread; span++) {
                    meter.record(span);
                }
                running.decrementAndGet();
            }));
        }
        long before = 0;
        while (running.get() > 0) {
            Histogram seen = meter.sinceStart();
            assertThat(seen.getTotalCount()).isGreaterThanOrEqualTo(before);
            before = seen.getTotalCount();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(meter.count()).isEqualTo(2L * perThread);
        assertThat(meter.lastMinute()).isEqualTo(meter.sinceStart());
    }
}
