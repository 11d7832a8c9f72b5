package antiphon.music;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.music.NotePairing.Overlap;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotePairingTest {
    private static final int PEDAL = Message.SUSTAIN_PEDAL;

    /** A pairing and what it said: {@code on}, {@code up} or {@code off}, pitch, and when it happened. */
    private static final class Played implements NotePairing.Ear {
        private final NotePairing pairing;
        private final List<String> said = new ArrayList<>();
        private long nanos;

        Played(Overlap overlap) {
            pairing = new NotePairing(overlap, 1);
        }

        /** Lane 0, port 0, a nanosecond after the one before. */
        Played hear(int... messages) {
            for (int message : messages) {
                hearOf(0, 0, message);
            }
            return this;
        }

        void hearOf(int lane, int port, int message) {
            pairing.accept(lane, port, message, ++nanos, this);
        }

        @Override
        public void began(int lane, int channel, int pitch, int velocity, long nanos) {
            assertThat(nanos).isEqualTo(this.nanos);
            said.add("on " + pitch);
        }

        @Override
        public void ended(int lane, int channel, int pitch, int velocity, long onsetNanos, long nanos) {
            assertThat(nanos).isEqualTo(this.nanos);
            said.add("off " + pitch + " of " + onsetNanos);
        }

        @Override
        public void lifted(int lane, int channel, int pitch, long nanos) {
            assertThat(nanos).isEqualTo(this.nanos);
            said.add("up " + pitch);
        }

        /** What was said since the last call. */
        List<String> said() {
            List<String> last = List.copyOf(said);
            said.clear();
            return last;
        }
    }

    private static int on(int pitch) {
        return Message.noteOn(0, pitch, 80);
    }

    private static int off(int pitch) {
        return Message.noteOff(0, pitch);
    }

    private static int control(int controller, int value) {
        return Message.control(0, controller, value);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndANoteWhenItsKeyComesUp(Overlap overlap) {
        Played played = new Played(overlap).hear(on(60), off(60), on(62), Message.noteOn(0, 62, 0), off(62));
        assertThat(played.said()).containsExactly("on 60", "up 60", "off 60 of 1", "on 62", "up 62", "off 62 of 3");
        assertThat(played.pairing.sounding()).isZero();
    }

    @Test
    void shouldEndTheOldNoteWhenHandsStrikeAKeyThatIsDown() {
        Played played = new Played(Overlap.RESTRIKE).hear(on(60), on(60));
        assertThat(played.said()).containsExactly("on 60", "off 60 of 1", "on 60");
        assertThat(played.hear(off(60), off(60)).said()).containsExactly("up 60", "off 60 of 2");
    }

    @Test
    void shouldEndTheOldestOfTheNotesThatAFileHoldsOnOneKey() {
        Played played = new Played(Overlap.QUEUE).hear(on(60), on(60));
        assertThat(played.said()).containsExactly("on 60", "on 60");
        assertThat(played.pairing.sounding()).isEqualTo(2);
        assertThat(played.hear(off(60), off(60)).said())
                .containsExactly("up 60", "off 60 of 1", "up 60", "off 60 of 2");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetNotesRingUntilThePedalRises(Overlap overlap) {
        Played played = new Played(overlap).hear(on(64), on(60), control(PEDAL, 64), off(64), off(60), on(72));
        assertThat(played.said()).containsExactly("on 64", "on 60", "up 64", "up 60", "on 72");
        assertThat(played.hear(control(PEDAL, 100)).said()).isEmpty();
        assertThat(played.hear(control(PEDAL, 63)).said()).containsExactly("off 60 of 2", "off 64 of 1");
        assertThat(played.hear(off(72)).said()).containsExactly("up 72", "off 72 of 6");
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndARingingNoteWhenItsKeyIsStruckAgain(Overlap overlap) {
        Played played = new Played(overlap).hear(control(PEDAL, 127), on(60), off(60), on(60));
        assertThat(played.said()).containsExactly("on 60", "up 60", "off 60 of 2", "on 60");
        assertThat(played.hear(off(60), control(PEDAL, 0)).said()).containsExactly("up 60", "off 60 of 4");
    }

    @Test
    void shouldLetANoteRingBesideTheOneThatItsKeyStillHolds() {
        Played played = new Played(Overlap.QUEUE).hear(control(PEDAL, 127), on(60), on(60), off(60));
        assertThat(played.said()).containsExactly("on 60", "on 60", "up 60");
        assertThat(played.hear(on(60)).said()).containsExactly("off 60 of 2", "on 60");
        assertThat(played.pairing.sounding()).isEqualTo(2);
    }

    @Test
    void shouldEndOnlyNotesOfTheSameLanePortChannelAndPitch() {
        Played played = new Played(Overlap.QUEUE).hear(on(60));
        played.said();
        played.hearOf(1, 0, off(60));
        played.hearOf(0, 1, off(60));
        played.hearOf(0, 0, Message.noteOff(1, 60));
        played.hearOf(0, 0, off(61));
        assertThat(played.said()).isEmpty();
        played.hearOf(0, 0, off(60));
        assertThat(played.said()).containsExactly("up 60", "off 60 of 1");
    }

    @Test
    void shouldLetAnyLaneMoveThePedalOfAChannelOfAPort() {
        Played played = new Played(Overlap.QUEUE);
        played.hearOf(7, 0, control(PEDAL, 127));
        played.hearOf(0, 1, on(60));
        played.hearOf(0, 1, off(60));
        played.hearOf(0, 0, on(62));
        played.hearOf(0, 0, off(62));
        assertThat(played.said())
                .as("the pedal of port 0")
                .containsExactly("on 60", "up 60", "off 60 of 2", "on 62", "up 62");
        played.hearOf(8, 0, Message.control(1, PEDAL, 0));
        assertThat(played.said()).isEmpty();
        played.hearOf(8, 0, control(PEDAL, 0));
        assertThat(played.said()).containsExactly("off 62 of 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {Message.ALL_NOTES_OFF, Message.OMNI_OFF, Message.OMNI_ON, Message.MONO_ON, Message.POLY_ON})
    void shouldLetAllKeysUpAtAllNotesOffAndAtAChangeOfMode(int controller) {
        Played played = new Played(Overlap.QUEUE).hear(on(64), on(60), Message.noteOn(1, 61, 80), on(60));
        played.hearOf(3, 0, on(127));
        played.said();
        assertThat(played.hear(control(controller, 0)).said())
                .as("in ascending pitch, of any lane, of this channel alone")
                .containsExactly(
                        "up 60",
                        "off 60 of 2",
                        "up 60",
                        "off 60 of 4",
                        "up 64",
                        "off 64 of 1",
                        "up 127",
                        "off 127 of 5");

        played.hear(control(PEDAL, 127), on(72), control(controller, 0));
        assertThat(played.said()).as("the pedal keeps it").containsExactly("on 72", "up 72");
        assertThat(played.hear(control(PEDAL, 0)).said()).containsExactly("off 72 of 8");
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndAllAtAllSoundOffAndLeaveThePedalWhereItIs(Overlap overlap) {
        Played played = new Played(overlap).hear(control(PEDAL, 127), on(64), off(64), on(60), on(48));
        played.said();
        assertThat(played.hear(control(Message.ALL_SOUND_OFF, 0)).said())
                .as("first what rings")
                .containsExactly("off 64 of 2", "up 48", "off 48 of 5", "up 60", "off 60 of 4");
        assertThat(played.hear(on(60), off(60)).said()).containsExactly("on 60", "up 60");
        assertThat(played.hear(control(PEDAL, 0)).said()).containsExactly("off 60 of 7");
    }

    @ParameterizedTest
    @EnumSource
    void shouldLiftThePedalWhenControllersAreReset(Overlap overlap) {
        Played played = new Played(overlap).hear(control(PEDAL, 127), on(64), off(64), on(60));
        played.said();
        assertThat(played.hear(control(Message.RESET_CONTROLLERS, 0)).said()).containsExactly("off 64 of 2");
        assertThat(played.hear(off(60)).said()).containsExactly("up 60", "off 60 of 4");
    }

    @Test
    void shouldPassOverEverythingElse() {
        Played played = new Played(Overlap.RESTRIKE).hear(control(PEDAL, 127), on(60), on(62), off(62));
        played.said();
        played.hear(
                control(1, 0),
                control(66, 0),
                control(119, 0),
                control(122, 0),
                Message.of(0xA0, 60, 0),
                Message.of(0xC0, 123, 0),
                Message.of(0xD0, 60, 0),
                Message.of(0xE0, 60, 0),
                Message.of(0xF8, 0, 0),
                Message.of(0xFF, 0, 0),
                Message.of(0x90, 0x80, 1),
                Message.of(0xB0, 0x80 | 123, 0));
        assertThat(played.said()).isEmpty();
        assertThat(played.pairing.sounding()).isEqualTo(2);
    }

    @Test
    void shouldLetTheKeysOfALaneUpAtItsEnd() {
        Played played = new Played(Overlap.QUEUE).hear(on(64), on(60));
        played.hearOf(1, 0, on(60));
        played.said();
        played.nanos++;
        played.pairing.endLane(0, played.nanos, played);
        assertThat(played.said()).containsExactly("up 64", "off 64 of 1", "up 60", "off 60 of 2");

        played.hear(control(PEDAL, 127));
        played.nanos++;
        played.pairing.endLane(1, played.nanos, played);
        assertThat(played.said()).as("the pedal keeps it").containsExactly("up 60");
        assertThat(played.hear(control(PEDAL, 0)).said()).containsExactly("off 60 of 3");
    }

    @Test
    void shouldEndAllOfALostInputAndNothingOfAnother() {
        Played played = new Played(Overlap.RESTRIKE);
        for (int input = 0; input < 2; input++) {
            played.hearOf(input, input, control(PEDAL, 127));
            played.hearOf(input, input, on(64));
            played.hearOf(input, input, off(64));
            played.hearOf(input, input, Message.noteOn(15, 62, 80));
            played.hearOf(input, input, on(60));
        }
        played.said();
        played.nanos++;
        played.pairing.lose(0, 0, played.nanos, played);
        assertThat(played.said()).containsExactly("up 60", "off 60 of 5", "up 62", "off 62 of 4", "off 64 of 2");
        assertThat(played.hear(on(60), off(60)).said())
                .as("its pedal is up")
                .containsExactly("on 60", "up 60", "off 60 of 12");
        played.hearOf(1, 1, off(60));
        played.hearOf(1, 1, control(PEDAL, 0));
        assertThat(played.said()).containsExactly("up 60", "off 60 of 10", "off 64 of 7");
    }

    @Test
    void shouldEndEverythingWhenFinishedAndStartAfresh() {
        Played played = new Played(Overlap.QUEUE).hear(control(PEDAL, 127), on(64), off(64), on(60));
        played.said();
        played.nanos++;
        played.pairing.finish(played.nanos, played);
        assertThat(played.said()).containsExactly("off 64 of 2", "up 60", "off 60 of 4");
        assertThat(played.pairing.sounding()).isZero();
        assertThat(played.hear(on(60), off(60)).said()).containsExactly("on 60", "up 60", "off 60 of 6");
    }

    /** What one step of a random piece does: {@link #MESSAGE}, {@link #END}, {@link #LOSE}. */
    private record Step(int what, int lane, int port, int message) {}

    private static final int MESSAGE = 0;
    private static final int END = 1;
    private static final int LOSE = 2;

    @Property(tries = 3_000)
    void shouldDoAsThePlainestPairingDoes(@ForAll Overlap overlap, @ForAll("steps") List<Step> steps) {
        List<String> said = new ArrayList<>();
        NotePairing.Ear ear = PlainPairing.ear(said);
        NotePairing pairing = new NotePairing(overlap, 1);
        PlainPairing plain = new PlainPairing(overlap);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            switch (step.what) {
                case MESSAGE -> {
                    pairing.accept(step.lane, step.port, step.message, i, ear);
                    plain.accept(step.lane, step.port, step.message, i);
                }
                case END -> {
                    pairing.endLane(step.lane, i, ear);
                    plain.endLane(step.lane, i);
                }
                default -> {
                    pairing.lose(step.lane, step.port, i, ear);
                    plain.lose(step.lane, step.port, i);
                }
            }
            assertThat(said).as("after %s", step).isEqualTo(plain.said);
            assertThat(pairing.sounding()).isEqualTo(plain.sounding());
            said.clear();
            plain.said.clear();
        }
        pairing.finish(steps.size(), ear);
        plain.finish(steps.size());
        assertThat(said).as("at the end").containsExactlyInAnyOrderElementsOf(plain.said);
        assertThat(pairing.sounding()).isZero();
    }

    @Provide
    static Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> pitches = Arbitraries.of(0, 60, 63, 64, 127);
        Arbitrary<Integer> channels = Arbitraries.of(0, 15);
        Arbitrary<Integer> notes = Combinators.combine(
                        Arbitraries.of(0x80, 0x90, 0x90), channels, pitches, Arbitraries.of(0, 1, 90, 127))
                .as((command, channel, pitch, velocity) -> Message.of(command | channel, pitch, velocity));
        Arbitrary<Integer> pedals = Combinators.combine(channels, Arbitraries.of(0, 63, 64, 127))
                .as((channel, value) -> Message.control(channel, PEDAL, value));
        Arbitrary<Integer> controls = Combinators.combine(
                        channels, Arbitraries.of(1, 66, 120, 121, 122, 123, 124, 125, 126, 127))
                .as((channel, controller) -> Message.control(channel, controller, 0));
        Arbitrary<Integer> messages =
                Arbitraries.frequencyOf(Tuple.of(12, notes), Tuple.of(4, pedals), Tuple.of(1, controls));
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(60, MESSAGE), Tuple.of(1, END), Tuple.of(1, LOSE)),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0, 255),
                        messages)
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }

    /** Onsets and offsets of notes that a performance has paired already, as messages in MIDI's order. */
    @Property(tries = 300)
    void shouldPairAsAPerformanceDoes(@ForAll("notes") List<Note> notes) {
        Performance performance = Performance.of(notes);
        List<Note> paired = new ArrayList<>();
        NotePairing pairing = new NotePairing(Overlap.QUEUE, 1);
        for (Moment moment : Moment.of(performance)) {
            Note note = moment.note();
            if (note != null) {
                int message = moment.order() == Moment.ONSET
                        ? Message.noteOn(0, note.pitch(), note.velocity())
                        : Message.noteOff(0, note.pitch());
                pairing.accept(
                        note.voice(),
                        0,
                        message,
                        moment.nanos(),
                        (voice, channel, pitch, velocity, onsetNanos, nanos) ->
                                paired.add(new Note(voice, onsetNanos, nanos - onsetNanos, pitch, velocity)));
            }
        }
        assertThat(Performance.of(paired)).isEqualTo(performance);
    }

    @Provide
    static Arbitrary<List<Note>> notes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs().between(0, 20),
                        Arbitraries.longs().between(0, 10),
                        Arbitraries.integers().between(60, 62),
                        Arbitraries.integers().between(1, 127))
                .as(Note::new)
                .list()
                .ofMaxSize(40);
    }

    @Test
    void shouldKeepChannelsOfAllPortsApart() {
        Played played = new Played(Overlap.QUEUE);
        for (int i = 0; i < 256 * 16; i++) {
            played.hearOf(0, i / 16, Message.noteOn(i % 16, 60, 80));
        }
        assertThat(played.pairing.sounding()).isEqualTo(256 * 16);
        played.said();
        for (int i = 256 * 16 - 1; i >= 0; i--) {
            played.hearOf(0, i / 16, Message.noteOff(i % 16, 60));
            assertThat(played.said()).containsExactly("up 60", "off 60 of " + (i + 1));
        }
    }
}
