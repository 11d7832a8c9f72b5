package antiphon.live;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Message;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to give a message to a port that schedules by itself: called directly from the engine's thread, and
 * through a ring, a wake-up and a thread in between. In turns, so that both meet the same machine. Prints medians and
 * 99th percentiles in microseconds.
 */
public final class HandOver {
    private static final int ROUNDS = 10;
    private static final int MESSAGES = 500;
    private static final long GAP_NANOS = 2_000_000L;
    private static final LongSupplier CLOCK = System::nanoTime;

    private HandOver() {}

    /** No arguments. */
    public static void main(String[] args) throws InterruptedException {
        Settings settings = Settings.standard(Mode.CALL);
        Histogram direct = new Histogram(3);
        Histogram threaded = new Histogram(3);
        for (int round = 0; round < ROUNDS; round++) {
            measure(null, settings, round == 0 ? new Histogram(3) : direct);
            measure(new OutRing(), settings, round == 0 ? new Histogram(3) : threaded);
        }
        print("direct", direct);
        print("through ring and thread", threaded);
    }

    private static void measure(@Nullable OutRing ring, Settings settings, Histogram into) throws InterruptedException {
        Arrival port = new Arrival();
        Sender sender = new Sender(port, true, settings.immediateNanos(), ring, new Meters(), CLOCK);
        AgentRunner runner =
                ring == null ? null : new AgentRunner(sender, ring.parking(), CLOCK, () -> {}, new AtomicLong());
        if (runner != null) {
            runner.start();
        }
        Outlet outlet = ring == null ? sender : ring;
        for (int i = 0; i < MESSAGES; i++) {
            LockSupport.parkNanos(GAP_NANOS);
            int message = i % 2 == 0 ? Message.noteOn(1, 60, 64) : Message.noteOff(1, 60);
            port.nanos = 0;
            long given = System.nanoTime();
            outlet.send(message, given + GAP_NANOS, Slot.NO_CAUSE);
            while (port.nanos == 0) {
                Thread.onSpinWait();
            }
            into.recordValue(port.nanos - given);
        }
        if (runner != null) {
            runner.stop(1_000);
        }
    }

    private static void print(String what, Histogram histogram) {
        System.out.printf(
                "%-24s median %7.2f us, p99 %7.2f us, %d messages%n",
                what,
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getTotalCount());
    }

    /** Notes when a message came. */
    private static final class Arrival implements OutputPort {
        private volatile long nanos;

        @Override
        public String fullName() {
            return "arrival";
        }

        @Override
        public boolean send(int message, long dueNanos) {
            nanos = System.nanoTime();
            return true;
        }

        @Override
        public boolean thru(int message, long at) {
            return true;
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long at) {
            return true;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
