package antiphon.improv;

import static antiphon.improv.Conversation.MILLI;
import static antiphon.improv.Conversation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.part.Parts;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import antiphon.music.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The {@link Improviser} while everything is changed that can be changed. */
class ImproviserControlsTest {
    private static final int STEPS = 250;
    private static final long[] SPANS = {1, 10 * MILLI, 60 * MILLI, 200 * MILLI, 3 * SECOND};
    private static final int INPUTS = 3;
    private static final int MODES = Mode.values().length;
    private static final int CONTROLS = Control.values().length;

    @Property(tries = 100)
    void shouldEndAllVoicesWhenTheModeChanges(
            @ForAll Mode first, @ForAll Mode second, @ForAll @IntRange(max = 4_000) int millis, @ForAll long seed) {
        Conversation talk = new Conversation(Settings.standard(first), seed);
        talk.playPhrase(5);
        talk.press(62);
        talk.pass(millis * MILLI);
        assertThat(first != Mode.HARMONY || talk.unended() == 1).isTrue();
        talk.set(second);
        assertThat(first == second || talk.unended() == 0).isTrue();
        talk.lift(62);
        talk.pass(3 * SECOND);
        talk.set(Mode.LISTEN);
        assertPaired(talk.sent());
        assertThat(talk.improviser().isAnswering()).isFalse();
    }

    /** In the order in which they are due: each pitch and channel begins and ends in turn, and all end. */
    private static void assertPaired(List<Sent> sent) {
        boolean[][] sounding = new boolean[Message.CHANNELS][Message.PITCHES];
        List<Sent> byTime =
                sent.stream().sorted(Comparator.comparingLong(Sent::dueNanos)).toList();
        for (Sent each : byTime) {
            boolean[] channel = sounding[Message.channel(each.message())];
            assertThat(channel[each.pitch()]).as("%s", each).isEqualTo(!each.isOn());
            channel[each.pitch()] = each.isOn();
        }
        for (boolean[] channel : sounding) {
            assertThat(channel).containsOnly(false);
        }
    }

    /** A value of the control's range, as the settings table allows it. */
    static long valueOf(Control control, SplittableRandom random) {
        return switch (control) {
            case MODE -> random.nextInt(MODES);
            case TEMPERATURE -> Control.pack(0.1 + random.nextDouble() * 1.9);
            case TOP_P -> Control.pack(1 - random.nextDouble());
            case MIN_P -> Control.pack(random.nextDouble());
            case SEED -> random.nextLong();
            case MAX_POLYPHONY -> 1 + random.nextInt(16);
            case THRU, ENTER, KEY_LOCK -> random.nextInt(2);
            case MUTE -> random.nextInt(4) / 3;
            case DENSITY, CALL_LENGTH -> Control.pack(0.25 + random.nextDouble() * 3.75);
            case REGISTER -> random.nextInt(49) - 24;
            case GRID -> random.nextInt(101);
            case TRADE_BARS -> 1 + random.nextInt(4);
            case SWING -> random.nextBoolean() ? 0 : 50 + random.nextInt(26);
            case DIVISION -> random.nextInt(4);
            case SEND_CLOCK, MEMORY, HARMONY_PLACE -> random.nextInt(3);
            case CANDIDATES -> random.nextInt(4);
            case TIME_TEMPERATURE -> Control.pack(random.nextBoolean() ? 0 : 2 * random.nextDouble());
            case TAP_NOTE -> random.nextBoolean() ? -1 : 55 + random.nextInt(15);
            case TAP_CONTROLLER -> random.nextBoolean() ? -1 : Message.SUSTAIN_PEDAL;
            case BEATS_PER_BAR -> 1 + random.nextInt(16);
            case CHANNEL -> 14 + random.nextInt(2);
            case CALL_REST -> (200 + random.nextInt(4_800)) * MILLI;
            case CALL_MAX -> (1 + random.nextInt(119)) * SECOND;
            case CONTINUE_REST -> (50 + random.nextInt(4_950)) * MILLI;
            case CONTINUE_MAX -> random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(20) * SECOND;
            case SCALE -> random.nextInt(Scale.Kind.values().length * 12);
            case KEY_BIAS -> Control.pack(2 * random.nextDouble());
            case LOWEST, SPLIT -> random.nextInt(60);
            case HIGHEST -> 60 + random.nextInt(68);
            case MAX_NOTE -> random.nextBoolean() ? 0 : (60 + random.nextInt(1_000)) * MILLI;
            case BOLDNESS -> random.nextInt(101);
            case HARMONY_LEVEL -> 20 + random.nextInt(101);
            case HARMONY_VOICES -> 1 + random.nextInt(3);
            case PERIOD -> random.nextInt(43) * MILLI;
            case PANIC, ANSWER, AGAIN, FORGET, TAP, VETO -> 0;
        };
    }

    /** Does one thing to an improviser, drawn at random, after a while. */
    private static final class Storm {
        final SplittableRandom random;
        final Improviser improviser;
        final MessageSink out;
        long nanos;

        /** Set by nobody. */
        Control fixed = Control.THRU;

        Storm(long seed, Settings settings, MessageSink out) {
            random = new SplittableRandom(seed);
            improviser = Parts.improviser(Networks.TUNED, settings, seed);
            this.out = out;
            improviser.begin(0);
        }

        void until(long end) {
            while (nanos < end) {
                long next = improviser.advance(nanos, out);
                nanos = Math.max(nanos, Math.min(next, end));
            }
        }

        void step() {
            until(nanos + random.nextLong(SPANS[random.nextInt(SPANS.length)]));
            int what = random.nextInt(100);
            if (what < 60) {
                improviser.hear(random.nextInt(INPUTS), message(), nanos, out);
            } else if (what < 63) {
                improviser.lose(random.nextInt(INPUTS), nanos, out);
            } else if (what < 65) {
                improviser.prepare();
            } else {
                Control control = Control.of(random.nextInt(CONTROLS));
                if (control != fixed) {
                    set(control, valueOf(control, random));
                }
            }
        }

        void set(Control control, long value) {
            improviser.set(control, value, nanos, out);
        }

        private int message() {
            int channel = random.nextInt(2) * 14;
            int pitch = 55 + random.nextInt(15);
            return switch (random.nextInt(12)) {
                case 0 -> Message.control(channel, Message.SUSTAIN_PEDAL, random.nextInt(128));
                case 1 -> Message.control(channel, Message.ALL_NOTES_OFF, 0);
                case 2, 3, 4, 5 -> Message.noteOff(channel, pitch);
                default -> Message.noteOn(channel, pitch, 1 + random.nextInt(127));
            };
        }
    }

    @Property(tries = 150)
    void shouldPairAllNotesWhateverIsPlayedLostAndSet(@ForAll long seed, @ForAll Mode mode) {
        List<Sent> sent = new ArrayList<>();
        Storm storm = new Storm(seed, Settings.standard(mode), (message, dueNanos) -> {
            if (!Message.isClock(message)) {
                sent.add(new Sent(message, dueNanos));
            }
        });
        int heard = 0;
        int sounding = 0;
        for (int i = 0; i < STEPS; i++) {
            storm.step();
            for (; heard < sent.size(); heard++) {
                sounding += sent.get(heard).isOn() ? 1 : -1;
                assertThat(sounding).isBetween(0, 16);
            }
        }
        storm.improviser.set(Control.PANIC, 0, storm.nanos, storm.out);
        assertPaired(sent);
    }

    @Property(tries = 60)
    void shouldNeverSoundMoreNotesThanItMay(
            @ForAll long seed, @ForAll Mode mode, @ForAll @IntRange(min = 1, max = 16) int polyphony) {
        int[] sounding = {0};
        Storm storm = new Storm(seed, Settings.standard(mode), (message, dueNanos) -> {
            sounding[0] += Message.isNoteOn(message) ? 1 : Message.isNoteOff(message) ? -1 : 0;
            assertThat(sounding[0]).isBetween(0, polyphony);
        });
        storm.set(Control.MAX_POLYPHONY, polyphony);
        storm.fixed = Control.MAX_POLYPHONY;
        for (int i = 0; i < STEPS; i++) {
            storm.step();
        }
    }

    @Property(tries = 40)
    void shouldDoTheSameForTheSame(@ForAll long seed, @ForAll Mode mode) {
        List<List<Sent>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            List<Sent> sent = new ArrayList<>();
            Storm storm = new Storm(
                    seed, Settings.standard(mode), (message, dueNanos) -> sent.add(new Sent(message, dueNanos)));
            for (int i = 0; i < STEPS; i++) {
                storm.step();
            }
            runs.add(sent);
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
    }

    @Property(tries = 60)
    void shouldSendNothingLateWhateverIsSet(@ForAll long seed, @ForAll Mode mode) {
        Storm[] storms = new Storm[1];
        MessageSink out = (message, dueNanos) -> {
            Storm storm = storms[0];
            assertThat(storm == null || dueNanos >= storm.nanos).as("late").isTrue();
        };
        storms[0] = new Storm(seed, Settings.standard(mode), out);
        for (int i = 0; i < STEPS; i++) {
            storms[0].step();
        }
    }

    @Test
    void shouldAllocateNothingWhateverIsPlayedLostAndSet() {
        Storm storm = new Storm(1, Settings.standard(Mode.CALL), (message, dueNanos) -> {});
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        storm.step();
                    }
                }))
                .isZero();
        assertThat(storm.improviser.notesAnswered()).isGreaterThan(300);
    }

    @Test
    void shouldEndOldVoicesWhenFewerMaySound() {
        Conversation talk = new Conversation(Settings.standard(Mode.HARMONY), 1);
        talk.hear(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        for (int i = 0; i < 6; i++) {
            talk.press(40 + 5 * i);
            talk.pass(100 * MILLI);
            talk.lift(40 + 5 * i);
        }
        assertThat(talk.unended()).isEqualTo(6);
        talk.set(Control.MAX_POLYPHONY, 2);
        talk.press(76);
        assertThat(talk.unended()).isEqualTo(2);
        talk.hear(0, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        talk.lift(76);
        assertPaired(talk.sent());
    }

    private static Mind successor(Conversation talk) {
        Mind now = talk.improviser().mind();
        return now.successor(
                Networks.TUNED, Settings.standard(talk.improviser().dials().mode()), 0);
    }

    private static void feed(Conversation talk) {
        int fed = 0;
        while (talk.improviser().succession().feed()) {
            fed++;
        }
        assertThat(fed).isLessThanOrEqualTo((int) talk.improviser().history().count());
    }

    @Test
    void shouldGoOnWithASuccessorAtARest() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        assertThat(talk.improviser().succession().isWaiting()).isFalse();
        assertThat(talk.improviser().canSucceed(0)).isFalse();
        assertThat(talk.improviser().succession().feed()).isFalse();
        talk.playPhrase(12);
        Mind next = successor(talk);
        talk.improviser().succession().prepare(next, talk.nanos());
        feed(talk);
        assertThat(talk.improviser().canSucceed(talk.nanos()))
                .as("a phrase waits for its answer")
                .isFalse();
        talk.untilSounding(1);
        assertThat(talk.improviser().canSucceed(talk.nanos()))
                .as("an answer sounds")
                .isFalse();
        talk.press(60);
        assertThat(talk.improviser().canSucceed(talk.nanos()))
                .as("the human plays")
                .isFalse();
        talk.lift(60);
        while (talk.improviser().answers() < 2 || talk.improviser().isAnswering()) {
            talk.pass(100 * MILLI);
        }
        feed(talk);
        assertSucceeds(talk, next);
        talk.playPhrase(6);
        talk.pass(20 * SECOND);
        talk.improviser().set(Control.PANIC, 0, talk.nanos(), talk.out());
        assertPaired(talk.sent());
    }

    private static void assertSucceeds(Conversation talk, Mind next) {
        assertThat(talk.improviser().canSucceed(talk.nanos())).isTrue();
        long events = talk.improviser().history().count();
        assertThat(talk.improviser().succeed()).isZero();
        assertThat(talk.improviser().mind()).isSameAs(next);
        assertThat(talk.improviser().succession().isWaiting()).isFalse();
        assertThat(talk.improviser().history().count()).as("one history").isEqualTo(events);
        talk.ask(Control.AGAIN);
        assertThat(talk.improviser().history().count())
                .as("the old mind's call is gone")
                .isEqualTo(events);
    }

    @Test
    void shouldGoOnWithASuccessorInTheMidstIfThereIsNoRest() {
        Conversation talk = new Conversation(Settings.standard(Mode.CONTINUE), 1);
        talk.playPhrase(12);
        talk.untilSounding(1);
        talk.improviser().succession().prepare(successor(talk), talk.nanos());
        long start = talk.nanos();
        while (talk.nanos() < start + 8 * SECOND) {
            feed(talk);
            assertThat(talk.improviser().canSucceed(talk.nanos())).isFalse();
            talk.pass(100 * MILLI);
        }
        talk.untilSounding(1);
        feed(talk);
        assertThat(talk.improviser().canSucceed(talk.nanos())).isTrue();
        talk.improviser().succeed();
        assertThat(talk.improviser().isAnswering()).isTrue();
        long notes = talk.notesOn();
        talk.pass(5 * SECOND);
        assertThat(talk.notesOn()).isGreaterThan(notes);
        talk.set(Mode.LISTEN);
        assertPaired(talk.sent());
    }

    @Test
    void shouldPlayTheSameWithASuccessorOfTheSameNetwork() {
        Conversation talk = new Conversation(Networks.TUNED, Settings.standard(Mode.CONTINUE), 1);
        Conversation twin = new Conversation(Networks.TUNED, Settings.standard(Mode.CONTINUE), 1);
        for (Conversation each : Arrays.asList(talk, twin)) {
            each.playPhrase(12);
            each.pass(4 * SECOND);
        }
        talk.improviser().succession().prepare(successor(talk), talk.nanos() - 8 * SECOND);
        feed(talk);
        assertThat(talk.improviser().canSucceed(talk.nanos())).isTrue();
        talk.improviser().succeed();
        // What was planned is planned anew: the same for the twin, whose numbers are drawn again.
        twin.set(Control.TOP_P, Control.pack(0.95));
        talk.pass(10 * SECOND);
        twin.pass(10 * SECOND);
        assertThat(talk.sent()).isEqualTo(twin.sent());
    }
}
