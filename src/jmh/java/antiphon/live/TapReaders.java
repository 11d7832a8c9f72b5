package antiphon.live;

import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.ModelFile;
import antiphon.model.Precision;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long the engine takes over a note, and what it allocates, with no reader on the tap and with three: one that reads
 * every 5 ms, one every 50 ms, and one that stopped after its first record. In turns. Harmony, so that
 * each note is answered at once.
 */
public final class TapReaders {
    private static final int ROUNDS = 6;
    private static final int NOTES = 2_000;
    private static final long GAP_NANOS = 2_000_000L;

    private TapReaders() {}

    /** No arguments. */
    public static void main(String[] args) throws InterruptedException {
        StackedLstm network =
                new StackedLstm(ModelFile.read(Path.of("models/antiphon.safetensors")), Precision.F16);
        Histogram without = new Histogram(3);
        Histogram with = new Histogram(3);
        long[] allocated = new long[2];
        for (int round = 0; round < ROUNDS; round++) {
            boolean counts = round > 0;
            allocated[0] += play(network, false, counts ? without : new Histogram(3), counts);
            allocated[1] += play(network, true, counts ? with : new Histogram(3), counts);
        }
        print("no reader", without, allocated[0]);
        print("three readers, one stopped", with, allocated[1]);
    }

    private static long play(StackedLstm network, boolean read, Histogram into, boolean counts)
            throws InterruptedException {
        MemoryBackend backend = new MemoryBackend(System::nanoTime, true, 8 * NOTES);
        AtomicBoolean running = new AtomicBoolean(true);
        Ports ports = Ports.unconnected(false);
        try (LiveSession session =
                new LiveSession(backend, network, Settings.standard(Mode.HARMONY), 1, ports)) {
            if (read) {
                reader(session.tap(), running, 5_000_000L);
                reader(session.tap(), running, 50_000_000L);
                Tap.Reader stopped = session.tap().newReader();
                stopped.read(entry -> {});
            }
            session.start();
            long engine = session.progress().threadIds().getFirst();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            playNotes(backend, NOTES / 4);
            long before = threads.getThreadAllocatedBytes(engine);
            playNotes(backend, NOTES);
            long bytes = threads.getThreadAllocatedBytes(engine) - before;
            into.add(session.meters().engineNanos.sinceStart());
            return counts ? bytes : 0;
        } finally {
            running.set(false);
        }
    }

    private static void playNotes(MemoryBackend backend, int notes) {
        MemoryBackend.Input keyboard = backend.input("in");
        for (int i = 0; i < notes; i++) {
            keyboard.inject(Message.noteOn(0, 48 + i % 24, 80), System.nanoTime());
            LockSupport.parkNanos(GAP_NANOS / 2);
            keyboard.inject(Message.noteOff(0, 48 + i % 24), System.nanoTime());
            LockSupport.parkNanos(GAP_NANOS / 2);
        }
    }

    private static void reader(Tap tap, AtomicBoolean running, long pauseNanos) {
        Tap.Reader reader = tap.newReader();
        Thread.ofPlatform().daemon().start(() -> {
            while (running.get()) {
                while (reader.read(entry -> {})) {
                    // It has been read.
                }
                LockSupport.parkNanos(pauseNanos);
            }
        });
    }

    private static void print(String what, Histogram histogram, long bytes) {
        System.out.printf(
                "%-28s engine median %6.1f us, p99 %6.1f us, %d bytes allocated, %d pieces of work%n",
                what,
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                bytes,
                histogram.getTotalCount());
    }
}
