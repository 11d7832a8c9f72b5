package antiphon.live;

import antiphon.Amount;
import antiphon.midi.MidiBackend.Troubles;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log, at most once a second, what went wrong on the hot path. The hot path itself only counts. A cold
 * thread of its own.
 */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final int LOOKS_PER_XRUN_LINE = 60;

    private final Meters meters;
    private final KeepAwake keepAwake;
    private final Supplier<Troubles> troubles;
    private final Supplier<Map<String, Long>> loops;
    private final Runnable repair;
    private final LongSupplier droppedLateNotes;
    private final LongUnaryOperator sensing;
    private final Set<String> toldLoops = new HashSet<>();
    private final Thread thread = new Thread(this::run, "antiphon-watch");
    private long inRingDrops;
    private long outRingDrops;
    private long portRefusals;
    private long droppedLate;
    private long failures;
    private long xruns;
    private int looksSinceXruns = LOOKS_PER_XRUN_LINE;
    private long callbackErrors;
    private long droppedInputs;
    private long droppedOutputs;

    /**
     * Has nothing to say yet.
     *
     * @param loops inputs by which our own output comes back, with how many milliseconds that takes
     * @param repair looks after the file of held notes
     * @param sensing looks at keyboards that may have fallen silent, see {@link ActiveSensing#look}
     */
    Watch(
            Meters meters,
            Supplier<Troubles> troubles,
            Supplier<Map<String, Long>> loops,
            Runnable repair,
            LongSupplier droppedLateNotes,
            LongUnaryOperator sensing,
            KeepAwake keepAwake) {
        this.loops = loops;
        this.repair = repair;
        this.droppedLateNotes = droppedLateNotes;
        this.sensing = sensing;
        this.keepAwake = keepAwake;
        this.meters = meters;
        this.troubles = troubles;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                sleep();
                look();
            }
        } catch (InterruptedException stopped) {
            look();
            keepAwake.end();
        }
    }

    private void sleep() throws InterruptedException {
        long leftMillis = PERIOD_MILLIS;
        while (leftMillis > 0) {
            long pauseMillis = Math.min(leftMillis, sensing.applyAsLong(leftMillis));
            Thread.sleep(pauseMillis);
            leftMillis -= pauseMillis;
        }
    }

    /** Logs what has been counted since the last look. */
    void look() {
        meters.roll();
        keepAwake.look();
        repair.run();
        inRingDrops = report(
                inRingDrops,
                meters.inRingDrops,
                "message",
                "in ring: full at " + InRing.CAPACITY + " messages; {} dropped in 1 s. Send fewer messages.");
        outRingDrops = report(
                outRingDrops,
                meters.outRingDrops,
                "message",
                "out ring: full at " + OutRing.CAPACITY + " messages; {} dropped in 1 s. Lower density or polyphony.");
        portRefusals = report(portRefusals, meters.portRefusals, "message", "output port: {} not taken in 1 s.");
        droppedLate = report(
                droppedLate,
                droppedLateNotes.getAsLong(),
                "note",
                "answers: {} in 1 s more than 100 ms too late and not played. Close busy programs.");
        failures = report(
                failures,
                meters.failures,
                "failure",
                "engine: {} in 1 s; all notes were released and the piece begun anew. Please report this.");
        reportLoops(loops.get());
        reportSystem(troubles.get());
    }

    private void reportSystem(Troubles now) {
        reportXruns(now.xruns());
        callbackErrors =
                report(callbackErrors, now.callbackErrors(), "failure", "MIDI input: {} in 1 s. Please report.");
        droppedInputs = report(
                droppedInputs,
                now.droppedInputs(),
                "message",
                "MIDI input: {} in 1 s too long or not whole, and dropped. Check the device.");
        droppedOutputs = report(
                droppedOutputs,
                now.droppedOutputs(),
                "message",
                "MIDI output: {} in 1 s did not reach every device. Check that all are plugged in.");
    }

    private void reportLoops(Map<String, Long> now) {
        now.forEach((input, millis) -> {
            if (toldLoops.add(input)) {
                LOG.warn(
                        "midi.in \"{}\": what we send comes back here after {} ms; it is left out. "
                                + "Disconnect it, or stop the other program from sending on what it receives.",
                        input,
                        millis);
            }
        });
        toldLoops.retainAll(now.keySet());
    }

    /** At most once a minute: if xruns come every second, a line every second would hide all other lines. */
    private void reportXruns(long now) {
        looksSinceXruns++;
        if (now > xruns && looksSinceXruns > LOOKS_PER_XRUN_LINE) {
            LOG.warn(
                    "MIDI system: {} xrun{}; the next such line comes in a minute at the soonest.",
                    now - xruns,
                    now - xruns == 1 ? "" : "s");
            xruns = now;
            looksSinceXruns = 0;
        }
    }

    private static long report(long before, AtomicLong counter, String one, String text) {
        return report(before, counter.get(), one, text);
    }

    private static long report(long before, long now, String one, String text) {
        if (now > before) {
            LOG.warn(text, Amount.of(now - before, one));
        }
        return now;
    }
}
