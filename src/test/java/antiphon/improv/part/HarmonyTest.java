package antiphon.improv.part;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Control;
import antiphon.improv.Improviser;
import antiphon.improv.Mode;
import antiphon.improv.Settings;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class HarmonyTest {
    private static final long MILLI = 1_000_000L;
    private static final long LEAD_NANOS = 2_666_666;
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final Settings SETTINGS = Settings.standard(Mode.HARMONY);

    private record Sent(int message, long dueNanos) {
        boolean isOn() {
            return Message.isNoteOn(message);
        }

        int pitch() {
            return Message.data1(message);
        }
    }

    /** A human, and what is heard of the second voice. Every message is judged as it is sent. */
    private static final class Duet {
        final List<Sent> sent = new ArrayList<>();
        final Improviser improviser;
        final MessageSink out = this::send;
        final int[] voices = new int[128];
        final long[] lastNanos = new long[128];
        long nanos;
        int voicesSounding;

        Duet(Settings settings, long seed) {
            improviser = Parts.improviser(MODEL, settings, seed);
            improviser.begin(0);
        }

        private void send(int message, long dueNanos) {
            Sent added = new Sent(message, dueNanos);
            assertThat(Message.channel(message)).isEqualTo(SETTINGS.channel());
            assertThat(dueNanos).isGreaterThanOrEqualTo(lastNanos[added.pitch()]);
            lastNanos[added.pitch()] = dueNanos;
            voices[added.pitch()] += added.isOn() ? 1 : -1;
            voicesSounding += added.isOn() ? 1 : -1;
            assertThat(voices[added.pitch()]).isBetween(0, 1);
            sent.add(added);
        }

        void hear(long at, int message) {
            while (nanos < at) {
                nanos = Math.max(nanos + 1, Math.min(at, improviser.advance(nanos, out)));
            }
            improviser.hear(0, message, at, out);
            improviser.advance(at, out);
        }

        void press(long at, int pitch) {
            hear(at, Message.noteOn(0, pitch, 80));
        }

        void lift(long at, int pitch) {
            hear(at, Message.noteOff(0, pitch));
        }

        void pedal(long at, int value) {
            hear(at, Message.control(0, Message.SUSTAIN_PEDAL, value));
        }
    }

    @Test
    void shouldGiveEachNoteOneVoiceThatIsReleasedWithIt() {
        Duet duet = new Duet(SETTINGS, 1);
        for (int i = 0; i < 50; i++) {
            long at = i * 200L * MILLI;
            duet.press(at, 55 + i * 5 % 17);
            assertThat(duet.sent).hasSize(2 * i + 1);
            Sent voice = duet.sent.getLast();
            assertThat(voice.isOn()).isTrue();
            assertThat(voice.dueNanos()).isEqualTo(at);
            assertThat(55 + i * 5 % 17 - voice.pitch())
                    .as("below")
                    .isBetween(3, 16)
                    .isNotIn(12, 13);
            assertThat(Message.data2(voice.message())).as("softer").isBetween(40, 63);
            duet.lift(at + 150 * MILLI, 55 + i * 5 % 17);
            assertThat(duet.sent.getLast())
                    .isEqualTo(new Sent(Message.noteOff(SETTINGS.channel(), voice.pitch()), at + 150 * MILLI));
        }
        assertThat(duet.improviser.notesAnswered()).isEqualTo(50);
    }

    @Test
    void shouldSendEveryVoiceAndItsEndTheSameSpanAfterTheKey() {
        Duet prompt = new Duet(SETTINGS, 3);
        Duet late = new Duet(SETTINGS.withTiming(LEAD_NANOS, LEAD_NANOS, 0), 3);
        for (Duet duet : List.of(prompt, late)) {
            for (int i = 0; i < 40; i++) {
                duet.press(i * 97L * MILLI, 50 + i * 7 % 24);
                duet.lift((i * 97 + 60 + i % 30) * MILLI, 50 + i * 7 % 24);
            }
        }
        assertThat(late.sent)
                .as("the same notes, whatever the way out needs")
                .isEqualTo(prompt.sent.stream()
                        .map(sent -> new Sent(sent.message(), sent.dueNanos() + LEAD_NANOS))
                        .toList());
    }

    @Test
    void shouldGiveNoVoiceToANoteThatIsHeardTooLateAndTheNextOneItsOwn() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.press(0, 60);
        duet.lift(100 * MILLI, 60);
        int sent = duet.sent.size();
        duet.improviser.hear(0, Message.noteOn(0, 62, 80), 200 * MILLI, 3_200 * MILLI, duet.out);
        duet.improviser.hear(0, Message.noteOff(0, 62), 300 * MILLI, 3_200 * MILLI, duet.out);
        assertThat(duet.sent).hasSize(sent);
        assertThat(duet.improviser.notesDropped()).isEqualTo(1);
        duet.improviser.hear(0, Message.noteOn(0, 64, 80), 3_150 * MILLI, 3_200 * MILLI, duet.out);
        assertThat(duet.sent).as("50 ms late").hasSize(sent + 1);
        duet.improviser.hear(0, Message.noteOff(0, 64), 3_190 * MILLI, 3_500 * MILLI, duet.out);
        assertThat(duet.voicesSounding).isZero();
        assertThat(duet.improviser.notesAnswered()).isEqualTo(2);
    }

    @Test
    void shouldEndTheOldVoiceBeforeTheNewWhenAKeyIsStruckAgain() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.pedal(0, 127);
        duet.press(0, 60);
        duet.lift(10 * MILLI, 60);
        duet.press(100 * MILLI, 60);
        assertThat(duet.sent.stream().map(Sent::isOn).toList()).containsExactly(true, false, true);
        assertThat(duet.sent.get(1).pitch()).isEqualTo(duet.sent.get(0).pitch());
        assertThat(duet.voicesSounding).isEqualTo(1);
    }

    @Test
    void shouldHoldTheVoiceAsLongAsThePedalHoldsItsNote() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.pedal(0, 127);
        duet.press(0, 60);
        duet.lift(50 * MILLI, 60);
        assertThat(duet.voicesSounding).isEqualTo(1);
        duet.pedal(400 * MILLI, 0);
        assertThat(duet.voicesSounding).isZero();
        assertThat(duet.sent.getLast().dueNanos()).isEqualTo(400 * MILLI);
    }

    @Test
    void shouldGiveAChordOneVoiceAndReleaseItWithItsFirstNote() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.press(0, 60);
        duet.press(4 * MILLI, 64);
        duet.press(29 * MILLI, 67);
        assertThat(duet.sent).hasSize(1);
        duet.lift(300 * MILLI, 64);
        assertThat(duet.voicesSounding).isEqualTo(1);
        duet.lift(301 * MILLI, 60);
        assertThat(duet.voicesSounding).isZero();
        duet.press(302 * MILLI, 72);
        assertThat(duet.voicesSounding).as("the next note, over a held one").isEqualTo(1);
    }

    @Test
    void shouldTakeFastNotesThatDoNotOverlapForALineAndNotForAChord() {
        Duet duet = new Duet(SETTINGS, 1);
        for (int i = 0; i < 20; i++) {
            duet.press(i * 10L * MILLI, 60 + i % 5);
            duet.lift((i * 10 + 9) * MILLI, 60 + i % 5);
        }
        assertThat(duet.improviser.notesAnswered()).isEqualTo(20);
    }

    @Test
    void shouldLetTheOldestVoiceMakeRoomWhenThePedalGathersThem() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.pedal(0, 127);
        int answered = 0;
        for (int i = 0; i < 20; i++) {
            duet.press(i * 100L * MILLI, 30 + 4 * i);
            duet.lift((i * 100 + 50) * MILLI, 30 + 4 * i);
            answered++;
            assertThat(duet.voicesSounding).isEqualTo(Math.min(answered, SETTINGS.maxPolyphony()));
        }
        duet.pedal(3_000 * MILLI, 0);
        assertThat(duet.voicesSounding).isZero();
    }

    @Test
    void shouldNeverWaitForARestAndTakeATurn() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.press(0, 60);
        duet.lift(100 * MILLI, 60);
        long next = 0;
        for (int i = 0; i < 10 && next != Long.MAX_VALUE; i++) {
            next = duet.improviser.advance(100 * MILLI + i * 4_000L * MILLI, duet.out);
        }
        assertThat(next).as("idle until the next message").isEqualTo(Long.MAX_VALUE);
        duet.improviser.answer(60_000 * MILLI);
        duet.improviser.advance(61_000 * MILLI, duet.out);
        assertThat(duet.improviser.isAnswering()).isFalse();
        assertThat(duet.improviser.isIdle()).isTrue();
        assertThat(duet.sent).hasSize(2);
    }

    @Test
    void shouldEndAllVoicesWhenStoppedAndOwnNoneAfterwards() {
        Duet duet = new Duet(SETTINGS.withTiming(LEAD_NANOS, LEAD_NANOS, 0), 1);
        duet.press(0, 60);
        duet.press(100 * MILLI, 70);
        duet.improviser.set(Control.PANIC, 0, 100 * MILLI, duet.out);
        assertThat(duet.voicesSounding).isZero();
        assertThat(duet.sent.getLast().dueNanos()).as("not before it begins").isEqualTo(100 * MILLI + LEAD_NANOS);
        duet.lift(200 * MILLI, 60);
        duet.lift(200 * MILLI, 70);
        assertThat(duet.sent).hasSize(4);
        duet.press(300 * MILLI, 60);
        assertThat(duet.voicesSounding).isEqualTo(1);
    }

    @Test
    void shouldEndAllVoicesWhenTheKeyboardIsLost() {
        Duet duet = new Duet(SETTINGS, 1);
        duet.pedal(0, 127);
        duet.press(0, 60);
        duet.press(100 * MILLI, 70);
        duet.lift(150 * MILLI, 70);
        // What the engine makes of an input that was lost.
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            duet.hear(200 * MILLI, Message.control(channel, Message.ALL_SOUND_OFF, 0));
        }
        assertThat(duet.voicesSounding).isZero();
    }

    @Test
    void shouldNotHarmoniseItsOwnEcho() {
        Duet duet = new Duet(SETTINGS, 1);
        for (int i = 0; i < 20; i++) {
            duet.press(i * 200L * MILLI, 60 + i % 7);
            duet.hear((i * 200 + 10) * MILLI, duet.sent.getLast().message());
            duet.lift((i * 200 + 100) * MILLI, 60 + i % 7);
            duet.hear((i * 200 + 110) * MILLI, duet.sent.getLast().message());
        }
        assertThat(duet.improviser.notesAnswered()).isEqualTo(20);
        assertThat(duet.voicesSounding).isZero();
    }

    @Test
    void shouldAllocateNothing() {
        Improviser improviser = Parts.improviser(MODEL, SETTINGS.withTiming(LEAD_NANOS, LEAD_NANOS, 0), 1);
        MessageSink nobody = (message, dueNanos) -> {};
        improviser.begin(0);
        long[] now = {0};
        Runnable tenThousandNotes = () -> {
            for (int i = 0; i < 10_000; i++) {
                improviser.hear(0, Message.noteOn(0, 48 + i % 24, 70), now[0], nobody);
                improviser.advance(now[0], nobody);
                now[0] += 50 * MILLI;
                improviser.hear(0, Message.noteOff(0, 48 + i % 24), now[0], nobody);
                improviser.advance(now[0], nobody);
            }
        };
        assertThat(Allocation.bytesOfWarmRun(tenThousandNotes)).isZero();
        assertThat(improviser.notesAnswered()).isGreaterThanOrEqualTo(10_000);
    }

    /** The pitch, range and bounds of every voice are judged by {@link Duet}'s sink and here. */
    @Property(tries = 100)
    void shouldLeaveNoVoiceWhenAllKeysAndPedalsAreUp(@ForAll("performances") List<int[]> played, @ForAll long seed) {
        Duet duet = new Duet(SETTINGS, seed);
        boolean[] held = new boolean[128];
        for (int[] step : played) {
            int message = Message.of(step[1], step[2], step[3]);
            int before = duet.sent.size();
            duet.hear(duet.nanos + step[0] * MILLI, message);
            // Only what is beyond doubt: keys of the channel that no echo of ours can be on.
            if (Message.isNoteOn(message) && Message.channel(message) == 0) {
                held[step[2]] = true;
            } else if (Message.isNoteOff(message)) {
                held[step[2]] = false;
            } else if (!Message.isNoteOn(message)) {
                Arrays.fill(held, false);
            }
            for (Sent sent : duet.sent.subList(before, duet.sent.size())) {
                if (sent.isOn()) {
                    assertThat(held[sent.pitch()]).as("sounds already").isFalse();
                    assertThat(Math.abs(sent.pitch() - step[2])).isBetween(3, 16);
                }
            }
            assertThat(duet.voicesSounding).isBetween(0, SETTINGS.maxPolyphony());
        }
        for (int channel = 0; channel < 2; channel++) {
            duet.hear(duet.nanos, Message.control(channel, Message.SUSTAIN_PEDAL, 0));
            for (int pitch = 0; pitch < 128; pitch++) {
                duet.hear(duet.nanos, Message.noteOff(channel, pitch));
            }
        }
        assertThat(duet.voicesSounding).isZero();
        assertThat(duet.voices).containsOnly(0);
    }

    @Property(tries = 20)
    void shouldChooseTheSameForTheSame(@ForAll("performances") List<int[]> played, @ForAll long seed) {
        assertThat(voicesTo(played, seed)).isEqualTo(voicesTo(played, seed));
    }

    private static List<Sent> voicesTo(List<int[]> played, long seed) {
        Duet duet = new Duet(SETTINGS, seed);
        for (int[] step : played) {
            duet.hear(duet.nanos + step[0] * MILLI, Message.of(step[1], step[2], step[3]));
        }
        return duet.sent;
    }

    /** {gap in ms, status, data, data}: keys and pedals of two channels, the second being the voice's own. */
    @Provide
    Arbitrary<List<int[]>> performances() {
        Arbitrary<int[]> keys = Combinators.combine(
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.of(0x90, 0x90, 0x90, 0x80, 0x80, 0x91, 0x81),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(56, 68),
                                Arbitraries.integers().between(0, 127)),
                        Arbitraries.integers().between(0, 127))
                .as((gap, status, pitch, velocity) -> new int[] {gap, status, pitch, velocity});
        Arbitrary<int[]> pedals = Combinators.combine(
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.of(0xB0, 0xB1),
                        Arbitraries.of(64, 64, 64, 120, 121, 123),
                        Arbitraries.of(0, 127))
                .as((gap, status, control, value) -> new int[] {gap, status, control, value});
        return Arbitraries.frequencyOf(Tuple.of(5, keys), Tuple.of(1, pedals))
                .list()
                .ofMaxSize(120);
    }
}
