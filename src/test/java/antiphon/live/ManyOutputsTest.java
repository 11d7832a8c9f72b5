package antiphon.live;

import static antiphon.live.ManyOutputs.MILLI;
import static antiphon.live.ManyOutputs.rules;
import static antiphon.live.ManyOutputs.wiring;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What goes to which of several outputs, when, and that it ends there. */
class ManyOutputsTest {
    private static final int CHANNELS = 4;
    private static final int STEPS = 150;
    private static final int[] CONTROLLERS = {Message.SUSTAIN_PEDAL, 66, 1, 7, Message.ALL_NOTES_OFF};

    @Example
    void shouldCopyEachInputToWhereItIsRouted() {
        ManyOutputs many = new ManyOutputs(
                Mode.LISTEN, true, wiring(rules("all", "in"), rules("", "in-2:1>3,in-2"), rules("", "10")), 0, 0, 0);
        int first = Message.noteOn(0, 60, 80);
        int drum = Message.noteOn(9, 36, 80);
        many.play(0, first);
        many.play(1, first);
        many.play(0, drum);
        many.play(1, Message.CLOCK);
        assertThat(many.ports.get(0).messages(true)).containsExactly(first, drum);
        assertThat(many.ports.get(1).messages(true)).containsExactly(Message.noteOn(2, 60, 80), Message.CLOCK);
        assertThat(many.ports.get(2).messages(true)).containsExactly(drum, Message.CLOCK);
        many.path.receiver(1).receiveLong(new byte[] {(byte) 0xF0, 1, (byte) 0xF7}, 3, many.nanos());
        assertThat(many.ports.get(0).sysex).isEmpty();
        assertThat(many.ports.get(1).sysex).containsExactly(3);
    }

    @Example
    void shouldSwitchOnlyTheFirstOutputWithThru() {
        ManyOutputs many = new ManyOutputs(Mode.LISTEN, false, wiring(rules("all", "all"), rules("", "in")), 0, 0);
        many.play(0, Message.noteOn(0, 60, 80));
        assertThat(many.ports.get(0).sent).isEmpty();
        assertThat(many.ports.get(1).sent).hasSize(1);
    }

    /** The key is held while everything is wired anew: what it began is ended where it began. */
    @Example
    void shouldEndANoteWhereItBeganWhateverTheRoutesAreByThen() {
        ManyOutputs many = new ManyOutputs(Mode.LISTEN, true, wiring(rules("all", "1>5"), rules("", "1>7")), 0, 0);
        many.play(0, Message.noteOn(0, 60, 80));
        many.play(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        many.work();
        many.route(wiring(rules("all", "1>9"), rules("", "")));
        many.play(0, Message.noteOn(0, 60, 90));
        many.play(0, Message.noteOn(0, 62, 80));
        many.play(0, Message.noteOff(0, 60));
        many.play(0, Message.noteOff(0, 60));
        many.play(0, Message.noteOff(0, 62));
        many.play(0, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        many.work();
        assertThat(many.ports.get(0).messages(true))
                .containsExactly(
                        Message.noteOn(4, 60, 80),
                        Message.control(4, Message.SUSTAIN_PEDAL, 127),
                        Message.noteOn(4, 60, 90),
                        Message.noteOn(8, 62, 80),
                        Message.noteOff(4, 60),
                        Message.noteOff(4, 60),
                        Message.noteOff(8, 62),
                        Message.control(4, Message.SUSTAIN_PEDAL, 0));
        assertThat(many.ports.get(1).messages(true))
                .containsExactly(
                        Message.noteOn(6, 60, 80),
                        Message.control(6, Message.SUSTAIN_PEDAL, 127),
                        Message.noteOff(6, 60),
                        Message.control(6, Message.SUSTAIN_PEDAL, 0));
    }

    /** An input that is lost ends its own notes, at every output where it has begun some. */
    @Example
    void shouldEndALostInputsNotesAtEachOutput() {
        ManyOutputs many =
                new ManyOutputs(Mode.LISTEN, true, wiring(rules("all", "in"), rules("", "in:1>3,in-2")), 0, 0);
        many.play(0, Message.noteOn(0, 60, 80));
        many.play(1, Message.noteOn(0, 64, 80));
        many.work();
        many.path.lose(0);
        many.work();
        assertThat(many.ports.get(0).messages(false)).containsExactly(Message.noteOff(0, 60));
        assertThat(many.ports.get(1).messages(false)).containsExactly(Message.noteOff(2, 60));
        assertThat(many.path.ends(1, true)).contains(Message.noteOff(2, 60), Message.noteOff(0, 64));
        assertThat(many.path.ends(0, true)).containsExactly(Message.noteOff(0, 60));
    }

    @Example
    void shouldHearTheChannelsThatAreToBeHeardAndTheEndsOfWhatWasHeard() {
        ManyOutputs many = new ManyOutputs(Mode.HARMONY, false, Wiring.PLAIN, 0);
        many.play(0, Message.noteOn(2, 60, 80));
        many.work();
        assertThat(many.ports.getFirst().noteOns()).as("the voice to it").hasSize(1);
        many.route(
                new Wiring(List.of(), ManyOutputs.routes("1,in-2:3"), Wiring.Rules.EVERYTHING, List.of(), List.of()));
        many.play(0, Message.noteOff(2, 60));
        many.pass(50 * MILLI);
        assertThat(many.ports.getFirst().hanging()).as("it ends with the key").isEmpty();
        many.play(0, Message.noteOn(2, 64, 80));
        many.work();
        assertThat(many.ports.getFirst().noteOns()).as("not heard").hasSize(1);
        many.play(1, Message.noteOn(2, 67, 80));
        many.work();
        assertThat(many.ports.getFirst().noteOns()).as("the second input's is").hasSize(2);
    }

    @Example
    void shouldSendAnswersByTheirChannel() {
        ManyOutputs many = new ManyOutputs(Mode.HARMONY, false, wiring(rules("2", ""), rules("2-3>1", "")), 0, 0);
        many.set(Control.CHANNEL, 1);
        many.play(0, Message.noteOn(0, 60, 80));
        many.work();
        many.play(0, Message.noteOff(0, 60));
        many.pass(50 * MILLI);
        assertThat(many.ports.get(0).noteOns()).hasSize(1);
        assertThat(many.ports.get(1).noteOns()).hasSize(1).allMatch(each -> Message.channel(each.message()) == 0);
        many.set(Control.CHANNEL, 2);
        many.play(0, Message.noteOn(0, 62, 80));
        many.pass(50 * MILLI);
        assertThat(many.ports.get(0).noteOns()).hasSize(1);
        assertThat(many.ports.get(1).noteOns()).hasSize(2);
    }

    /** 70 ms slower is 70 ms earlier, to be heard together; what is quick waits for what is slow. */
    @Example
    void shouldSendEarlierToASlowerOutput() {
        ManyOutputs many = new ManyOutputs(Mode.CALL, false, wiring(rules("all", ""), rules("all", "")), 10, 80);
        for (int i = 0; i < 8; i++) {
            many.play(0, Message.noteOn(0, 60 + i, 80));
            many.pass(100 * MILLI);
            many.play(0, Message.noteOff(0, 60 + i));
            many.pass(100 * MILLI);
        }
        many.pass(8_000 * MILLI);
        List<ManyOutputs.Sent> quick = many.ports.get(0).noteOns();
        List<ManyOutputs.Sent> slow = many.ports.get(1).noteOns();
        assertThat(slow).hasSizeGreaterThan(4).hasSameSizeAs(quick);
        for (int i = 0; i < slow.size(); i++) {
            assertThat(slow.get(i).message()).isEqualTo(quick.get(i).message());
            assertThat(quick.get(i).nanos() - slow.get(i).nanos()).isEqualTo(70 * MILLI);
        }
        assertThat(many.meters.lateNotes.get()).isZero();
    }

    /** The slow output answers a key as soon as it can, the quick one so that both are heard together. */
    @Example
    void shouldAnswerAtOnceAtTheSlowestOutputOnly() {
        ManyOutputs many = new ManyOutputs(Mode.HARMONY, false, wiring(rules("all", ""), rules("all", "")), 10, 80);
        long played = many.nanos();
        many.play(0, Message.noteOn(0, 60, 80));
        many.work();
        assertThat(many.ports.get(1).noteOns().getFirst().nanos()).isEqualTo(played + ManyOutputs.IMMEDIATE_NANOS);
        assertThat(many.ports.get(0).noteOns().getFirst().nanos())
                .isEqualTo(played + ManyOutputs.IMMEDIATE_NANOS + 70 * MILLI);
        assertThat(many.ports.get(1).answered).isEqualTo(1);
        assertThat(many.ports.get(0).answered).as("it is nothing special there").isZero();
        // Now the first output is the slower one.
        many.set(Control.OFFSET, 100 * MILLI);
        assertThat(many.path.controls().value(Control.OFFSET)).isEqualTo(100 * MILLI);
        many.pass(100 * MILLI);
        long later = many.nanos();
        many.play(0, Message.noteOn(0, 62, 80));
        many.work();
        assertThat(many.ports.get(0).noteOns().getLast().nanos()).isEqualTo(later + ManyOutputs.IMMEDIATE_NANOS);
        assertThat(many.ports.get(1).noteOns().getLast().nanos())
                .isEqualTo(later + ManyOutputs.IMMEDIATE_NANOS + 20 * MILLI);
    }

    /** The page shows what was set; a replay, which has one output, must know what the slowest one needs. */
    @Example
    void shouldTellTheFirstOutputsOffsetAndHowMuchSlowerAnotherIs() {
        ManyOutputs many = new ManyOutputs(Mode.CALL, false, wiring(rules("all", ""), rules("all", "")), 10, 80);
        Tap.Reader reader = many.tap.newReader();
        many.set(Control.OFFSET, 25 * MILLI);
        many.set(Control.OFFSET, 90 * MILLI);
        List<String> told = new ArrayList<>();
        while (reader.read(entry -> {
            if (entry.what() == Tap.CONTROL) {
                told.add(entry.value() / MILLI + " and " + entry.input());
            }
        })) {
            // It has been added.
        }
        assertThat(told).containsExactly("25 and 55", "90 and 0");
        ManyOutputs replay = new ManyOutputs(Mode.HARMONY, false, Wiring.PLAIN, 80);
        replay.path.repeat(Tap.CONTROL, 55, Control.OFFSET.number(), replay.nanos(), 25 * MILLI);
        replay.work();
        long played = replay.nanos();
        replay.play(0, Message.noteOn(0, 60, 80));
        replay.work();
        assertThat(replay.ports.getFirst().noteOns().getFirst().nanos())
                .as("heard as late as the slowest output is, and sent as the first one needs it")
                .isEqualTo(played + ManyOutputs.IMMEDIATE_NANOS + 80 * MILLI - 25 * MILLI);
    }

    /** What found no room on the way to the engine is ended at the right output and channel all the same. */
    @Example
    void shouldEndWhatTheEngineNeverHeardOf() {
        ManyOutputs many = new ManyOutputs(Mode.LISTEN, true, wiring(rules("", ""), rules("", "1>4")), 0, 0);
        for (int i = 0; i < 2 * InRing.CAPACITY; i++) {
            many.play(0, Message.noteOn(1, i % 128, 80));
        }
        many.play(0, Message.noteOn(0, 60, 80));
        many.work();
        many.path.lose(0);
        many.work();
        assertThat(many.ports.get(1).messages(true)).containsExactly(Message.noteOn(3, 60, 80));
        assertThat(many.ports.get(1).messages(false)).containsExactly(Message.noteOff(3, 60));
    }

    @Example
    void shouldAllocateNothingWhenItCopiesToSeveral() {
        ManyOutputs many = new ManyOutputs(Mode.LISTEN, true, wiring(rules("all", "1>2"), rules("", "all>3")), 0, 0);
        many.ports.forEach(port -> port.recording = false);
        Thru thru = (Thru) many.path.receiver(0);
        assertThat(Allocation.bytesOfWarmRun(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        thru.receive(Message.noteOn(i & 15, i & 127, 80), i);
                        thru.receive(Message.noteOff(i & 15, i & 127), i);
                    }
                }))
                .isZero();
    }

    /** Whatever is played, wired anew, switched, refused and lost: at every output everything ends. */
    @Property(tries = 200)
    void shouldEndEveryNoteAtItsOutput(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        ManyOutputs many = new ManyOutputs(
                random.nextBoolean() ? Mode.HARMONY : Mode.CALL,
                random.nextBoolean(),
                anyWiring(random),
                20L * random.nextInt(3),
                20L * random.nextInt(3),
                20L * random.nextInt(3));
        for (int step = 0; step < STEPS; step++) {
            step(many, random);
            if (random.nextInt(3) == 0) {
                many.pass(random.nextLong(40 * MILLI));
            }
        }
        many.pass(MILLI);
        many.end();
        for (ManyOutputs.Port port : many.ports) {
            assertThat(port.hanging()).as(port.fullName()).isEmpty();
        }
        assertThat(many.path.heldAnswers()).isZero();
        assertThat(many.meters.failures.get()).isZero();
    }

    private static void step(ManyOutputs many, Random random) {
        switch (random.nextInt(20)) {
            case 0, 1 -> many.route(anyWiring(random));
            case 2 -> many.set(Control.THRU, random.nextInt(2));
            case 3 -> many.path.lose(random.nextInt(ManyOutputs.INPUTS));
            case 4 -> {
                ManyOutputs.Port port = many.ports.get(random.nextInt(3));
                port.full = !port.full;
            }
            case 5 -> many.set(Control.CHANNEL, random.nextInt(CHANNELS));
            case 6 -> many.set(Control.OFFSET, random.nextInt(60) * MILLI);
            case 7 -> {
                for (int i = 0; random.nextInt(8) == 0 && i < InRing.CAPACITY; i++) {
                    many.play(random.nextInt(ManyOutputs.INPUTS), anyMessage(random));
                }
            }
            default -> many.play(random.nextInt(ManyOutputs.INPUTS), anyMessage(random));
        }
    }

    private static int anyMessage(Random random) {
        int channel = random.nextInt(CHANNELS);
        int pitch = 60 + random.nextInt(6);
        return switch (random.nextInt(10)) {
            case 0 -> Message.control(channel, CONTROLLERS[random.nextInt(CONTROLLERS.length)], random.nextInt(128));
            case 1 -> Message.of(0xE0 | channel, 0, random.nextInt(4) * 32);
            case 2 -> Message.of(0xA0 | channel, pitch, random.nextInt(128));
            case 3, 4, 5 -> Message.noteOff(channel, pitch);
            default -> Message.noteOn(channel, pitch, 1 + random.nextInt(127));
        };
    }

    private static Wiring anyWiring(Random random) {
        return wiring(anyRules(random), anyRules(random), anyRules(random));
    }

    private static Wiring.Rules anyRules(Random random) {
        return rules(anyRoutes(random, false), anyRoutes(random, true));
    }

    private static String anyRoutes(Random random, boolean ofInputs) {
        StringBuilder routes = new StringBuilder(random.nextInt(4) == 0 ? "all," : "");
        for (int i = random.nextInt(3); i > 0; i--) {
            String input = ofInputs && random.nextBoolean() ? random.nextBoolean() ? "in:" : "in-2:" : "";
            int channel = 1 + random.nextInt(CHANNELS);
            routes.append(input)
                    .append(channel)
                    .append(random.nextBoolean() ? ">" + (1 + random.nextInt(CHANNELS)) : "");
            routes.append(',');
        }
        return routes.toString();
    }
}
