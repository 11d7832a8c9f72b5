package antiphon.live;

import antiphon.HotPath;
import antiphon.improv.Improviser;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Plays conversations that nobody hears, so that the JVM has compiled the live path before the first real note: rings,
 * engine, improviser, player, ledgers and meters of its own, on the thread that starts the program.
 *
 * <p>Compiled code bets on what it has met. So the objects are of the classes of a real session, except for the ports:
 * those are of three kinds, after which the compiler bets on none and the real one surprises nobody. And the player
 * here does what players do: chords, pedal, rests, playing into an answer, unplugging.
 */
final class WarmUp {
    /** Rounds go on until they get no faster, but so many at least, */
    private static final int LEAST_ROUNDS = 6;

    /** and so long at most: the program is to be ready within a second. */
    private static final long MOST_NANOS = 250_000_000L;

    /** A round within this of the best one gained nothing. */
    private static final double NO_GAIN = 1.1;

    private static final int IDLE_ROUNDS = 3;
    private static final int NOTES = 12;
    private static final long MILLI = 1_000_000L;
    private static final long NOTE_NANOS = 90 * MILLI;

    /** Bounds an answer here: enough to run every branch, not a concert. */
    private static final int MOST_STEPS = 120;

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
        while (endNanos - startNanos < MOST_NANOS && (rounds < LEAST_ROUNDS || idle < IDLE_ROUNDS)) {
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
        private final Meters meters = new Meters();
        private final InRing inRing = new InRing();
        private final OutRing outRing = new OutRing();
        private final Improviser improviser;
        private final Engine engine;
        private final Player player;
        private final Thru thru;

        Stage(StackedLstm model, Settings settings, OutputPort port) {
            HeldNotesFile held = HeldNotesFile.inMemory();
            improviser = new Improviser(model, settings, 1);
            engine = new Engine(inRing, outRing, improviser, meters, clock);
            thru = new Thru(inRing, port, held.thru(), meters, clock);
            boolean schedules = !(port instanceof Third);
            player = new Player(
                    outRing,
                    port,
                    schedules,
                    settings.commitNanos(),
                    settings.leadNanos(),
                    held.answers(),
                    thru,
                    meters,
                    clock);
            engine.begin();
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
            improviser.answer(clock.getAsLong());
            for (int step = 0; step < MOST_STEPS && improviser.isAnswering(); step++) {
                clock.skipTo(Math.min(engine.doWork(), player.doWork()));
            }
            if (number % 3 == 2) {
                inRing.publish(Slot.INPUT_LOST, 0, clock.getAsLong());
            }
            // Into the answer, if it still goes on: that ends it.
            play(Message.noteOn(0, 60, 70));
            play(Message.noteOff(0, 60));
            pass(NOTE_NANOS);
        }

        private void play(int message) {
            thru.receive(message, clock.getAsLong());
            engine.doWork();
            player.doWork();
        }

        private void pass(long nanos) {
            clock.skipTo(clock.getAsLong() + nanos);
            engine.doWork();
            player.doWork();
        }
    }

    /** Takes everything and does nothing. */
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

    /** Has no schedule: the player parks and spins. */
    private static final class Third extends Silent {
        private boolean full;

        /** Now and then there is no room. */
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
