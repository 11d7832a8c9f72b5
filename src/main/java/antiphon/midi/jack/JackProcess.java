package antiphon.midi.jack;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import antiphon.HotPath;
import antiphon.midi.library.RawMemory;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens in every JACK cycle: all inputs are read in order of time across ports, each message goes to its
 * receiver (which may pass it straight on to outputs), and every output writes what is due within the cycle.
 *
 * <p>{@link #process} runs in JACK's real-time thread and throws nothing: an exception there would end the JVM.
 */
final class JackProcess {
    private static final VarHandle CYCLES;
    private static final VarHandle ERRORS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CYCLES = lookup.findVarHandle(JackProcess.class, "cycles", long.class);
            ERRORS = lookup.findVarHandle(JackProcess.class, "errors", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The ports of a cycle; replaced as a whole when one is opened or closed. */
    private static final class Ports {
        final JackInput[] inputs;
        final JackOutput[] outputs;

        Ports(JackInput[] inputs, JackOutput[] outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }
    }

    private final JackMidi midi;
    private final CycleClock clock;
    private final FrameSlip slip = new FrameSlip();
    private final LongSupplier nanoClock;
    private final long nominalFrameNanos;
    private final long times;
    private long correctionNanos;
    private volatile Ports ports = new Ports(new JackInput[0], new JackOutput[0]);
    private volatile @Nullable JackTransport transport;
    private long cycles;
    private long errors;

    /** @param arena owns the scratch memory; must outlive the last cycle */
    JackProcess(JackMidi midi, CycleClock clock, Arena arena, int sampleRate, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.midi = midi;
        this.clock = clock;
        this.nominalFrameNanos = 1_000_000_000L / sampleRate;
        this.times = arena.allocate(32, 8).address();
    }

    /** From the next cycle on. Any thread; the arrays are ours from now on. */
    void ports(JackInput[] inputs, JackOutput[] outputs) {
        ports = new Ports(inputs, outputs);
    }

    /** Tells of the transport from the next cycle on. Any thread. */
    void follow(JackTransport host) {
        transport = host;
    }

    /** Cycles finished since the start. Any thread. */
    long cycles() {
        return (long) CYCLES.getAcquire(this);
    }

    /** Exceptions caught in the callback, receivers' included. Any thread. */
    long errors() {
        return (long) ERRORS.getAcquire(this);
    }

    /** JACK's process callback, in the shape of {@link JackEvents#stub}. */
    @HotPath
    long called(long frames, long user, long none) {
        return process((int) frames, user);
    }

    /** One cycle. The second argument is what C calls the user pointer; unused. */
    @HotPath
    int process(int frames, long user) {
        try {
            cycle(frames);
        } catch (Throwable t) {
            countError();
        }
        CYCLES.setRelease(this, cycles + 1);
        return 0;
    }

    private void cycle(int frames) {
        if (frames <= 0) {
            return;
        }
        Ports now = ports;
        long slippedNanos = startClock(frames);
        JackTransport host = transport;
        if (host != null) {
            // First: this cycle's ticks lie behind the slip.
            host.slipped(slippedNanos);
            host.cycle(frames);
        }
        // Inputs first: an output of ours connected to an input of ours still holds the last cycle's messages.
        for (JackInput input : now.inputs) {
            input.begin(midi, frames);
        }
        for (JackOutput output : now.outputs) {
            output.begin(midi, frames);
        }
        JackInput next = earliest(now.inputs);
        while (next != null) {
            try {
                next.deliver();
            } catch (Throwable t) {
                countError();
            }
            next.advance(midi);
            next = earliest(now.inputs);
        }
        for (JackOutput output : now.outputs) {
            output.finish();
        }
    }

    /** Returns by how much the frames have slipped. */
    private long startClock(int frames) {
        boolean known = midi.cycleTimes(times) == 0;
        long startMicros = RawMemory.ALL.get(JAVA_LONG, times + 8);
        long endMicros = RawMemory.ALL.get(JAVA_LONG, times + 16);
        if (!known || endMicros <= startMicros) {
            startMicros = (nanoClock.getAsLong() - midi.offsetNanos()) / 1000;
            endMicros = startMicros + frames * nominalFrameNanos / 1000;
        }
        long offset = midi.offsetNanos();
        long late = nanoClock.getAsLong() - startMicros * 1000 - offset;
        clock.begin(startMicros, endMicros, offset + correction(late, (endMicros - startMicros) * 1000), frames);
        if (!known) {
            slip.forget();
            return 0;
        }
        return slip.follow(RawMemory.ALL.get(JAVA_INT, times), clock);
    }

    /**
     * What to add where JACK is wrong about the time. A cycle begins when we are called, or a little before. JACK's
     * clock only estimates that, and was seen 0.35 s off after many xruns without real-time rights: scheduled notes
     * would then be as late. While it is believable it is taken as it is, because it is steadier than our calls.
     */
    private long correction(long lateNanos, long spanNanos) {
        if (isBelievable(lateNanos, spanNanos)) {
            correctionNanos = 0;
        } else if (!isBelievable(lateNanos - correctionNanos, spanNanos)) {
            correctionNanos = lateNanos;
        }
        return correctionNanos;
    }

    private static boolean isBelievable(long lateNanos, long spanNanos) {
        return lateNanos > -spanNanos && lateNanos < 4 * spanNanos;
    }

    @HotPath
    private static @Nullable JackInput earliest(JackInput[] inputs) {
        JackInput earliest = null;
        for (JackInput input : inputs) {
            if (input.hasEvent() && (earliest == null || input.frame() < earliest.frame())) {
                earliest = input;
            }
        }
        return earliest;
    }

    private void countError() {
        ERRORS.setRelease(this, errors + 1);
    }
}
