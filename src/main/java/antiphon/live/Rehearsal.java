package antiphon.live;

import antiphon.improv.Improviser;
import antiphon.improv.Settings;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.StackedLstm;
import antiphon.music.TimedMessages;
import java.util.List;

/**
 * The live engine on a virtual clock: the same rings, engine, improviser and player, run by one thread as fast as it
 * can. The same input, settings, seed and model give the same output, bit for bit.
 */
public final class Rehearsal {
    private static final int MOST_MESSAGES = 1 << 20;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final Meters meters = new Meters();
    private final InRing inRing = new InRing();
    private final OutRing outRing = new OutRing();
    private final Improviser improviser;
    private final Engine engine;
    private final Player player;
    private final MemoryBackend.Output output;
    private final Thru thru;

    private Rehearsal(StackedLstm model, Settings settings, long seed) {
        MemoryBackend backend = new MemoryBackend(clock::nanos, true, MOST_MESSAGES);
        output = backend.openOutput("out", List.of());
        backend.start();
        improviser = new Improviser(model, settings, seed);
        engine = new Engine(inRing, outRing, improviser, meters, clock::nanos);
        thru = new Thru(inRing, null, HeldNotes.NOWHERE, meters, clock::nanos);
        player = new Player(
                outRing, output, true, settings.commitNanos(), 0, HeldNotes.NOWHERE, thru, meters, clock::nanos);
        engine.begin();
    }

    /**
     * Plays the input to the improviser and gives what it played, answer to the last phrase included.
     *
     * @param input what a keyboard sends
     * @param mostNanos time given for the last answer after the input's end; what still sounds then is ended
     */
    public static TimedMessages play(
            StackedLstm model, Settings settings, long seed, TimedMessages input, long mostNanos) {
        return new Rehearsal(model, settings, seed).run(input, mostNanos, false);
    }

    /**
     * Lets the improviser go on from a prompt, without waiting for a rest.
     *
     * @param prompt what it hears first; may be empty
     * @param mostNanos how long to play
     */
    public static TimedMessages generate(
            StackedLstm model, Settings settings, long seed, TimedMessages prompt, long mostNanos) {
        // However long the prompt rests, it is not interrupted.
        return new Rehearsal(model, settings.withRest(HOUR_NANOS), seed).run(prompt, mostNanos, true);
    }

    private TimedMessages run(TimedMessages input, long mostNanos, boolean invite) {
        int next = 0;
        boolean invited = !invite;
        long inputEndNanos = input.size() == 0 ? 0 : input.nanos(input.size() - 1);
        long endNanos = inputEndNanos + mostNanos;
        while (clock.nanos() < endNanos) {
            while (next < input.size() && input.nanos(next) <= clock.nanos()) {
                // In small helpings: the ring is bounded, and a live engine would have kept up.
                thru.receive(input.message(next), input.nanos(next));
                next++;
                engine.doWork();
                player.doWork();
            }
            boolean heardAll = next == input.size();
            if (heardAll && !invited) {
                improviser.answer(clock.nanos());
                invited = true;
            }
            long engineNanos = engine.doWork();
            long playerNanos = player.doWork();
            if (heardAll && isFinished(playerNanos)) {
                break;
            }
            long inputNanos = heardAll ? Long.MAX_VALUE : input.nanos(next);
            clock.advanceTo(Math.min(endNanos, Math.min(inputNanos, Math.min(engineNanos, playerNanos))));
        }
        player.releaseAll();
        long lost = meters.failures.get() + meters.outRingDrops.get() + meters.inRingDrops.get() + output.refused();
        if (lost > 0) {
            throw new IllegalStateException(lost + " messages lost or failed: " + output.size() + " were played");
        }
        return recorded();
    }

    private TimedMessages recorded() {
        TimedMessages.Recorder recorder = new TimedMessages.Recorder();
        for (int i = 0; i < output.size(); i++) {
            recorder.send(output.message(i), output.sentNanos(i));
        }
        return recorder.messages();
    }

    /** True when nothing is sounding or planned and no phrase waits for its answer. */
    private boolean isFinished(long playerNanos) {
        return playerNanos == Long.MAX_VALUE && improviser.isIdle() && player.heldNotes() == 0;
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
