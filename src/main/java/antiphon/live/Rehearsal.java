package antiphon.live;

import antiphon.Amount;
import antiphon.improv.Control;
import antiphon.improv.Ensemble;
import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.TimedMessages;
import java.util.List;

/**
 * The live path on a virtual clock, run by one thread as fast as it can. The same input, settings, seed and model give
 * the same output, bit for bit.
 */
public final class Rehearsal {
    private static final int MAX_MESSAGES = 1 << 20;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private static final double NANOS_PER_MINUTE = 60e9;

    private static final int LEAD_TICKS = 2 * Message.TICKS_PER_QUARTER;

    /** Small, because nobody reads this tap. */
    private static final int TAP_BYTES = 1 << 12;

    /** More than one piece of the engine's work tells. */
    private static final int WATCHED_TAP_BYTES = 1 << 16;

    private final VirtualClock clock = new VirtualClock();
    private final Meters meters = new Meters();
    private final Tap tap;
    private Runnable watch = () -> {};
    private final Ensemble ensemble;
    private final LivePath path;
    private final AgentInvoker agents;
    private final MemoryBackend.Output output;
    private double tickNanos;
    private long ticks;
    private long leadNanos;

    private Rehearsal(StackedLstm model, Settings settings, long seed) {
        this(model, settings, seed, TAP_BYTES);
    }

    private Rehearsal(StackedLstm model, Settings settings, long seed, int tapBytes) {
        tap = new Tap(tapBytes);
        MemoryBackend backend = new MemoryBackend(clock::nanos, true, MAX_MESSAGES);
        output = backend.openOutput("out", List.of());
        backend.start();
        LivePath.Setup ends = LivePath.Setup.of(output, true);
        path = new LivePath(ends, model, settings, seed, tap, meters, clock::nanos);
        ensemble = path.ensemble();
        agents = path.byHand();
        path.begin();
    }

    /**
     * Plays the input to the improviser and gives what it played, including the answer to the last phrase.
     *
     * @param input what a keyboard sends
     * @param maxNanos time given for the last answer after the input's end; what still sounds then is ended
     */
    public static TimedMessages play(
            StackedLstm model, Settings settings, long seed, TimedMessages input, long maxNanos) {
        return new Rehearsal(model, settings, seed).run(input, maxNanos, false);
    }

    /** The same; a watcher is told what the tap tells. */
    public static TimedMessages play(
            StackedLstm model, Settings settings, long seed, TimedMessages input, long maxNanos, Tap.Handler watcher) {
        Rehearsal rehearsal = new Rehearsal(model, settings, seed, WATCHED_TAP_BYTES);
        Tap.Reader reader = rehearsal.tap.newReader();
        rehearsal.watch = () -> {
            while (reader.read(watcher)) {
                // The watcher has taken it.
            }
        };
        return rehearsal.run(input, maxNanos, false);
    }

    /**
     * Lets the improviser go on from a prompt, without waiting for a rest.
     *
     * @param prompt what it hears first; may be empty
     * @param qpm the tempo of a MIDI clock that runs from the prompt's beginning, or from the music's without a prompt;
     *     0 for none: then the music is in the prompt's time
     * @param maxNanos how long to play
     */
    public static TimedMessages generate(
            StackedLstm model, Settings settings, long seed, TimedMessages prompt, double qpm, long maxNanos) {
        // A rest in the prompt must not count as its end, however long it is.
        Rehearsal rehearsal = new Rehearsal(model, settings, seed);
        if (qpm > 0) {
            rehearsal.tickNanos = NANOS_PER_MINUTE / qpm / Message.TICKS_PER_QUARTER;
            // Without a prompt two beats go by before the music, so that the clock is known.
            rehearsal.leadNanos = prompt.size() > 0 ? 0 : Math.round(LEAD_TICKS * rehearsal.tickNanos);
        }
        rehearsal.path.controls().submit(Control.CALL_REST, HOUR_NANOS);
        rehearsal.path.controls().submit(Control.CONTINUE_REST, HOUR_NANOS);
        return rehearsal.run(prompt, maxNanos, true);
    }

    private TimedMessages run(TimedMessages input, long maxNanos, boolean invite) {
        int next = 0;
        boolean invited = !invite;
        long endNanos = leadNanos + input.endNanos() + maxNanos;
        while (clock.nanos() < endNanos) {
            while (next < input.size() && input.nanos(next) <= clock.nanos()) {
                // A few messages at a time, because the ring is bounded; a live engine would take them as they come.
                path.receiver(0).receive(input.message(next), input.nanos(next));
                next++;
                agents.doWork();
            }
            tick();
            boolean heardAll = next == input.size();
            if (heardAll && !invited && clock.nanos() >= leadNanos) {
                path.controls().submit(Control.ANSWER, 0);
                invited = true;
            }
            long nextNanos = agents.doWork();
            watch.run();
            if (heardAll && invited && ensemble.isIdle() && path.heldAnswers() == 0) {
                break;
            }
            long inputNanos = heardAll ? Long.MAX_VALUE : input.nanos(next);
            clock.advanceTo(Math.min(Math.min(endNanos, nextTickNanos()), Math.min(inputNanos, nextNanos)));
        }
        path.releaseAll();
        long lost = meters.failures.get() + meters.outRingDrops.get() + meters.inRingDrops.get() + output.refused();
        if (lost > 0) {
            throw new IllegalStateException(
                    Amount.of(lost, "message") + " lost or failed: " + output.size() + " were played");
        }
        return recorded();
    }

    /** Sends the ticks that are due. */
    private void tick() {
        while (nextTickNanos() <= clock.nanos()) {
            if (ticks == 0) {
                path.receiver(0).receive(Message.START, 0);
            }
            path.receiver(0).receive(Message.CLOCK, nextTickNanos());
            ticks++;
            agents.doWork();
        }
    }

    private long nextTickNanos() {
        return tickNanos > 0 ? Math.round(ticks * tickNanos) : Long.MAX_VALUE;
    }

    private TimedMessages recorded() {
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        for (int i = 0; i < output.size(); i++) {
            recorder.send(output.message(i), output.sentNanos(i) - leadNanos);
        }
        return recorder.messages();
    }

    /** Time that passes only when told. */
    private static final class VirtualClock {
        private long nanos;

        long nanos() {
            return nanos;
        }

        void advanceTo(long later) {
            nanos = Math.max(nanos, later);
        }
    }
}
