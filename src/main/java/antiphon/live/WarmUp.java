package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Control;
import antiphon.improv.Improviser;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Plays conversations that nobody hears, so that the JVM has compiled the live path before the first real note. Runs on
 * the thread that starts the program.
 *
 * <p>The compiler optimises for the classes it has met so far, and compiles again, which takes time, when another one
 * comes. So everything here is of the classes of a real session, except for the ports: there are three classes of
 * them, and code that has met three is compiled for any. And what is played is what people do: chords, pedal, rests,
 * playing into an answer, unplugging.
 */
final class WarmUp {
    /** Rounds go on until they get no faster, but there are at least this many. */
    private static final int MIN_ROUNDS = 6;

    /** No round begins after this time: the program is to be ready within a second. */
    private static final long MAX_NANOS = 250_000_000L;

    /** A round is a gain if it is faster than the best one before by this factor. */
    private static final double NO_GAIN = 1.1;

    private static final int IDLE_ROUNDS = 3;
    private static final int NOTES = 12;
    /** Small, because nobody reads this tap. */
    private static final int TAP_BYTES = 1 << 12;

    private static final long MILLI = 1_000_000L;
    private static final long NOTE_NANOS = 90 * MILLI;

    /** Bounds an answer: enough to run every branch. */
    private static final int MAX_STEPS = 120;

    private WarmUp() {}

    /**
     * Runs the live path for these settings.
     *
     * @param nanoClock real time, for the time limit
     * @return how many rounds it took
     */
    static int run(StackedLstm model, Settings settings, LongSupplier nanoClock) {
        List<OutputPort> ports = List.of(new First(), new Second(), new Third());
        List<Stage> stages =
                ports.stream().map(port -> new Stage(model, settings, port)).toList();
        long startNanos = nanoClock.getAsLong();
        long best = Long.MAX_VALUE;
        int idle = 0;
        int rounds = 0;
        long endNanos = startNanos;
        while (endNanos - startNanos < MAX_NANOS && (rounds < MIN_ROUNDS || idle < IDLE_ROUNDS)) {
            stages.get(rounds % stages.size()).round(rounds);
            rounds++;
            long tookNanos = nanoClock.getAsLong() - endNanos;
            endNanos += tookNanos;
            idle = tookNanos * NO_GAIN > best ? idle + 1 : 0;
            best = Math.min(best, tookNanos);
        }
        return rounds;
    }

    /** A live path of its own, driven by one thread. */
    private static final class Stage {
        private final LiveClock clock = new LiveClock();
        private final Improviser improviser;
        private final LivePath path;
        private final AgentInvoker agents;

        Stage(StackedLstm model, Settings settings, OutputPort port) {
            LivePath.Setup setup = new LivePath.Setup(
                    port,
                    !(port instanceof Third),
                    1,
                    true,
                    HeldNotesFile.inMemory().of(0));
            path = new LivePath(setup, model, settings, 1, new Tap(TAP_BYTES), new Meters(), clock);
            path.guardAgainstLoops();
            improviser = path.improviser();
            agents = path.byHand();
            path.begin();
        }

        /** A call with its answer, differing from round to round. */
        void round(int number) {
            for (int note = 0; note < NOTES; note++) {
                int pitch = 50 + (number * 5 + note * 7) % 30;
                play(Message.noteOn(0, pitch, 40 + 3 * note));
                if (note % 4 == 0) {
                    play(Message.noteOn(0, pitch + 4, 60));
                    play(Message.control(0, Message.SUSTAIN_PEDAL, note % 8 == 0 ? 127 : 0));
                }
                pass(NOTE_NANOS * (1 + note % 3) / 2);
                play(Message.noteOff(0, pitch));
                play(Message.noteOff(0, pitch + 4));
            }
            path.controls().submit(Control.ANSWER, 0);
            clock.skipTo(agents.doWork());
            for (int step = 0; step < MAX_STEPS && improviser.isAnswering(); step++) {
                clock.skipTo(agents.doWork());
            }
            if (number % 3 == 2) {
                path.lose(0);
            }
            // A note while the answer still goes on, which ends the answer.
            play(Message.noteOn(0, 60, 70));
            play(Message.noteOff(0, 60));
            pass(NOTE_NANOS);
        }

        private void play(int message) {
            path.receiver(0).receive(message, clock.getAsLong());
            agents.doWork();
        }

        private void pass(long nanos) {
            clock.skipTo(clock.getAsLong() + nanos);
            agents.doWork();
        }
    }

    /** A port that takes every message and does nothing. */
    @HotPath
    private abstract static class Silent implements OutputPort {
        @Override
        public String fullName() {
            return "";
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            return true;
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static final class First extends Silent {
        @Override
        public boolean send(int message, long dueNanos) {
            return true;
        }

        @Override
        public boolean thru(int message, long nanos) {
            return true;
        }
    }

    private static final class Second extends Silent {
        @Override
        public boolean send(int message, long dueNanos) {
            return true;
        }

        @Override
        public boolean thru(int message, long nanos) {
            return true;
        }
    }

    /** Does not schedule by itself: the sender waits and spins. */
    private static final class Third extends Silent {
        private boolean full;

        /** Refuses a message now and then, as a port that has no room. */
        @Override
        public boolean send(int message, long dueNanos) {
            full = !full && (message & 0x700) == 0;
            return !full;
        }

        @Override
        public boolean thru(int message, long nanos) {
            return true;
        }
    }
}
