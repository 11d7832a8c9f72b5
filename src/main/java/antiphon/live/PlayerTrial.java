package antiphon.live;

import antiphon.host.Host;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiBackend.Capability;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Measures the player thread alone: how late it sends what it was told of ahead of time, as {@code antiphon bench}
 * prints it. The same thread, rings and waiting as in a {@link LiveSession}, without anybody to think of music.
 */
public final class PlayerTrial {
    /** How far ahead a message is handed over: so far that this thread, an ordinary one, never is what is late. */
    private static final long AHEAD_NANOS = 100_000_000L;

    private static final long STOP_MILLIS = 1000;
    private static final int PITCH = 60;

    private PlayerTrial() {}

    /**
     * Sends messages at a steady rate, on and off in turn; takes as long as that takes.
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
            boolean schedules = backend.capabilities().contains(Capability.SCHEDULED_OUTPUT);
            OutputPort port = backend.openOutput("out", List.of());
            Thru thru = new Thru(new InRing(), null, HeldNotes.NOWHERE, meters, nanoClock);
            Player player =
                    new Player(ring, port, schedules, AHEAD_NANOS, 0, HeldNotes.NOWHERE, thru, meters, nanoClock);
            RealTime realTime = new RealTime(
                    Host.threads(), new LiveSession.Threads(true, false, List.of(), false), Integer.MAX_VALUE);
            realTime.begin();
            WorkLoop loop = new WorkLoop(
                    "antiphon-player",
                    ring.parking(),
                    player::doWork,
                    player::hasWork,
                    nanoClock,
                    realTime::beginPlayer);
            backend.start();
            loop.start();
            long firstNanos = nanoClock.getAsLong() + 2 * AHEAD_NANOS;
            for (int i = 0; i < messages; i++) {
                long dueNanos = firstNanos + i * gapNanos;
                parkUntil(dueNanos - AHEAD_NANOS, nanoClock);
                ring.publish(
                        Slot.MESSAGE, i % 2 == 0 ? Message.noteOn(0, PITCH, 64) : Message.noteOff(0, PITCH), dueNanos);
            }
            parkUntil(firstNanos + messages * gapNanos + AHEAD_NANOS, nanoClock);
            loop.stop(STOP_MILLIS);
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
