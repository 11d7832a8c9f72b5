package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Band;
import antiphon.improv.Control;
import antiphon.improv.Ensemble;
import antiphon.improv.Mode;
import antiphon.improv.Networks;
import antiphon.improv.Settings;
import antiphon.midi.MidiBackend.OutputPort;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The live path while everything happens that can happen: all modes, settings and actions, several settings at once as
 * from a preset, notes and pedals of several inputs, MIDI clock, inputs that are lost, an output that takes nothing for a
 * while, other networks that take over. 100,000 steps in all.
 */
class LivePathStormTest {
    private static final long MILLI = 1_000_000L;
    private static final int TRIES = 40;
    private static final int STEPS = 2_500;
    private static final int INPUTS = 2;

    /** The human's channels lie below it, the answers' from it on: so they can be told apart at the port. */
    private static final int FIRST_ANSWER_CHANNEL = 4;

    private static final int MAX_VOICES = 16;

    /** So long after it is due a note is played at the latest. */
    private static final long LATEST_NANOS = 150 * MILLI;

    private static final int SOSTENUTO = 66;
    private static final int[] CONTROLLERS = {Message.SUSTAIN_PEDAL, SOSTENUTO, 67, 1, Message.ALL_NOTES_OFF, 120};
    private static final StackedLstm FIRST = new StackedLstm(RandomModel.of(8, 12, 1, 11));

    /** On all cores: it is the longest of the tests that need no time of their own. */
    @Test
    void shouldEndEveryNoteAndKeepToItsPolyphonyInAStorm() {
        new Random().longs(TRIES).parallel().forEach(LivePathStormTest::storm);
    }

    private static void storm(long seed) {
        Storm storm = new Storm(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            storm.step();
        }
        storm.end();
        String from = "the storm of new Random(" + seed + ")";
        assertThat(storm.port.hanging()).as(from).isEmpty();
        assertThat(storm.port.tooMany()).as(from).isEmpty();
        assertThat(storm.path.heldAnswers()).as(from).isZero();
        assertThat(storm.meters.failures.get()).as(from).isZero();
        assertThat(storm.meters.inRingDrops.get()).as(from).isZero();
        assertThat(storm.path.improviser().notesAnswered()).as(from).isPositive();
    }

    /** Writes down when each message takes effect, and how many voices the answer may have then. */
    private static final class Port implements OutputPort {
        private record Entry(int message, long nanos, long allowed) {}

        private final List<Entry> entries = new ArrayList<>();
        private final Storm storm;

        Port(Storm storm) {
            this.storm = storm;
        }

        private boolean take(int message, long nanos) {
            boolean takes = storm.isThere();
            if (takes) {
                entries.add(new Entry(message, Math.max(nanos, storm.clock.nanos()), storm.allowed()));
            }
            return takes;
        }

        private List<Entry> inTime() {
            return entries.stream()
                    .sorted(Comparator.comparingLong(Entry::nanos))
                    .toList();
        }

        /** Keys that are down at the end, and controllers that are away from rest. */
        List<String> hanging() {
            int[] last = new int[Message.CHANNELS * Message.PITCHES];
            int[] lasting = new int[Lasting.COUNT * Message.CHANNELS];
            for (Entry entry : inTime()) {
                int message = entry.message();
                if (Message.isNoteOn(message) || Message.isNoteOff(message)) {
                    last[Message.key(message)] = Message.isNoteOn(message) ? message : 0;
                } else if (Lasting.of(message) >= 0) {
                    lasting[Lasting.of(message) * Message.CHANNELS + Message.channel(message)] =
                            Lasting.isAway(message) ? message : 0;
                }
            }
            return IntStream.concat(IntStream.of(last), IntStream.of(lasting))
                    .filter(message -> message != 0)
                    .mapToObj(Integer::toHexString)
                    .toList();
        }

        /** Notes of the answer with which more of its voices sound than may. */
        List<String> tooMany() {
            boolean[] down = new boolean[Message.CHANNELS * Message.PITCHES];
            int sounding = 0;
            List<String> found = new ArrayList<>();
            for (Entry entry : inTime()) {
                int message = entry.message();
                boolean on = Message.isNoteOn(message);
                boolean isNote = on || Message.isNoteOff(message);
                if (isNote && Message.channel(message) >= FIRST_ANSWER_CHANNEL && down[Message.key(message)] != on) {
                    down[Message.key(message)] = on;
                    sounding += on ? 1 : -1;
                    if (on && sounding > entry.allowed()) {
                        found.add(sounding + " of " + entry.allowed() + " at " + entry.nanos() / MILLI + " ms");
                    }
                }
            }
            return found;
        }

        @Override
        public String fullName() {
            return "storm:out";
        }

        @Override
        public boolean send(int message, long due) {
            return take(message, due);
        }

        @Override
        public boolean thru(int message, long nanos) {
            return take(message, nanos);
        }

        @Override
        public boolean thruLong(byte[] bytes, int length, long nanos) {
            return storm.isThere();
        }

        @Override
        public long lateCount() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static final class Storm {
        private final Random random;
        private final Settings settings = Settings.standard(Mode.CALL);
        final Meters meters = new Meters();
        private final Port port = new Port(this);
        final LivePath path;
        private final AgentInvoker agents;
        private final HandClock clock = new HandClock();
        private long backNanos;
        private int successors;

        Storm(Random random) {
            this.random = random;
            path = new LivePath(
                    new LivePath.Setup(port, true, INPUTS, random.nextBoolean(), HeldNotes.NOWHERE),
                    FIRST,
                    settings,
                    1 + random.nextInt(1_000),
                    new Tap(),
                    meters,
                    clock::nanos);
            agents = path.byHand();
            path.begin();
            path.controls().submit(Control.CHANNEL, FIRST_ANSWER_CHANNEL);
            path.controls().submit(Control.CANDIDATES, 2);
            agents.doWork();
        }

        void step() {
            int what = random.nextInt(100);
            if (what < 68) {
                play(message());
            } else if (what < 82) {
                change();
            } else if (what < 85) {
                for (int i = 0; i < 8; i++) {
                    change();
                }
            } else if (what < 88) {
                path.controls().submit(Control.MODE, random.nextInt(Mode.values().length));
            } else if (what < 90) {
                path.lose(random.nextInt(INPUTS));
            } else if (what < 91) {
                backNanos = clock.nanos() + random.nextLong(3_000 * MILLI);
            } else if (what < 92) {
                succeed();
            } else if (what < 95) {
                tick();
            } else {
                phrase();
            }
            pass(random.nextLong((random.nextInt(25) == 0 ? 2_500 : 100) * MILLI));
        }

        private int message() {
            int channel = random.nextInt(FIRST_ANSWER_CHANNEL);
            int pitch = random.nextInt(10) == 0 ? random.nextInt(128) : 50 + random.nextInt(20);
            return switch (random.nextInt(16)) {
                case 0, 1 ->
                    Message.control(channel, CONTROLLERS[random.nextInt(CONTROLLERS.length)], random.nextInt(128));
                case 2 -> Message.of(0xE0 | channel, random.nextInt(128), random.nextInt(128));
                case 3, 4, 5, 6, 7, 8 -> Message.noteOff(channel, pitch);
                default -> Message.noteOn(channel, pitch, 1 + random.nextInt(127));
            };
        }

        private void play(int message) {
            path.receiver(random.nextInt(INPUTS)).receive(message, clock.nanos());
            agents.doWork();
        }

        private void change() {
            Control control = Control.of(random.nextInt(Control.values().length));
            long value = HandDriven.anyValue(control, random);
            if (control != Control.CHANNEL || value >= FIRST_ANSWER_CHANNEL) {
                path.controls().submit(control, value);
                agents.doWork();
            }
        }

        /** A line and a rest, so that answers are begun. */
        private void phrase() {
            for (int i = 0; i < 4; i++) {
                int pitch = 55 + random.nextInt(12);
                path.receiver(0).receive(Message.noteOn(0, pitch, 80), clock.nanos());
                pass(100 * MILLI);
                path.receiver(0).receive(Message.noteOff(0, pitch), clock.nanos());
                pass(random.nextLong(80 * MILLI));
            }
            pass(1_500 * MILLI);
        }

        private void tick() {
            int[] before = {Message.START, Message.STOP, Message.CONTINUE};
            play(before[random.nextInt(before.length)]);
            long periodNanos = 12 * MILLI + random.nextLong(20 * MILLI);
            for (int i = 0; i < 48; i++) {
                path.receiver(0).receive(Message.CLOCK, clock.nanos());
                pass(periodNanos);
            }
        }

        private void succeed() {
            StackedLstm other = random.nextBoolean() ? FIRST : Networks.TUNED;
            Ensemble ensemble = path.ensemble();
            successors++;
            path.succeed(ensemble.successors(other, settings, 0, ensemble.made()), successors);
        }

        /** The output takes what is sent. */
        boolean isThere() {
            return clock.nanos() >= backNanos;
        }

        /** What waited while the output took nothing was decided by what was set before. Each part may have so many. */
        long allowed() {
            boolean waited = clock.nanos() < backNanos + LATEST_NANOS;
            return waited
                    ? Ensemble.PARTS * MAX_VOICES
                    : parts() * path.controls().value(Control.MAX_POLYPHONY);
        }

        private long parts() {
            return 1
                    + Stream.of(Control.PART2_MODE, Control.PART3_MODE, Control.PART4_MODE)
                            .filter(mode -> path.controls().value(mode) != Band.Beside.OFF)
                            .count();
        }

        private void pass(long span) {
            clock.pass(span, agents);
        }

        void end() {
            backNanos = Math.min(backNanos, clock.nanos());
            pass(MILLI);
            boolean finished = false;
            for (int tries = 0; !finished && tries < 1_000; tries++) {
                finished = finish();
                clock.standStill(MILLI);
            }
            path.settle();
        }

        private boolean finish() {
            try {
                return path.finish();
            } catch (Exception failed) {
                throw new AssertionError("it does not finish", failed);
            }
        }
    }
}
