package antiphon.live;

import antiphon.host.Host;
import antiphon.midi.MidiBackend;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Measures the sender's thread alone: how late it sends messages that were handed to it ahead of time, as {@code
 * antiphon bench} prints it. The same thread, ring and waiting as in a {@link LiveSession} on ports that do not
 * schedule by themselves, but without a network.
 */
public final class SenderTrial {
    /** How far ahead a message is handed over: far enough that this ordinary thread is never late itself. */
    private static final long AHEAD_NANOS = 100_000_000L;

    private static final long STOP_MILLIS = 1000;
    private static final int PITCH = 60;

    private SenderTrial() {}

    /**
     * Sends messages at a steady rate, note-ons and note-offs in turn; returns when all are sent.
     *
     * @param backend with a port to send to; taken over
     * @param gapNanos between one due time and the next, more than nothing
     * @return sent minus due, in nanoseconds, of every message
     */
    public static Histogram run(MidiBackend backend, int messages, long gapNanos) throws InterruptedException {
        LongSupplier nanoClock = System::nanoTime;
        Meters meters = new Meters();
        OutRing ring = new OutRing();
        try (backend) {
            Sender sender = new Sender(backend.openOutput("out", List.of()), false, 0, ring, meters, nanoClock);
            RealTime realTime =
                    new RealTime(Host.threads(), new Threads(true, false, List.of(), false), Integer.MAX_VALUE);
            realTime.begin();
            AgentRunner runner =
                    new AgentRunner(sender, ring.parking(), nanoClock, realTime::beginSender, meters.failures);
            backend.start();
            runner.start();
            long firstNanos = nanoClock.getAsLong() + 2 * AHEAD_NANOS;
            for (int i = 0; i < messages; i++) {
                long dueNanos = firstNanos + i * gapNanos;
                parkUntil(dueNanos - AHEAD_NANOS, nanoClock);
                int message = i % 2 == 0 ? Message.noteOn(0, PITCH, 64) : Message.noteOff(0, PITCH);
                ring.send(message, dueNanos, Slot.NO_CAUSE);
            }
            parkUntil(firstNanos + messages * gapNanos + AHEAD_NANOS, nanoClock);
            runner.stop(STOP_MILLIS);
        }
        return meters.sentMinusDueNanos.sinceStart();
    }

    private static void parkUntil(long nanos, LongSupplier nanoClock) {
        long leftNanos = nanos - nanoClock.getAsLong();
        while (leftNanos > 0) {
            LockSupport.parkNanos(leftNanos);
            leftNanos = nanos - nanoClock.getAsLong();
        }
    }
}
