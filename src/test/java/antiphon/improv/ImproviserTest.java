package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antiphon.Allocation;
import antiphon.improv.Conversation.Sent;
import antiphon.improv.part.Parts;
import antiphon.model.ModelException;
import antiphon.model.ModelFile;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.model.Tensor;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

class ImproviserTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    /** In every mode: a drum pad is neither a call nor a key to answer, and does not interrupt. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldNotHearDrumsUnlessTheSettingsSaySo(Mode mode) {
        Conversation with = new Conversation(Settings.standard(mode), 3);
        Conversation without = new Conversation(Settings.standard(mode), 3);
        for (int hit = 0; hit < 40; hit++) {
            if (hit < 8) {
                with.press(60 + hit);
                without.press(60 + hit);
            }
            with.hear(0, Message.noteOn(Message.DRUM_CHANNEL, 36 + hit % 5, 100));
            with.pass(50 * MILLI);
            without.pass(50 * MILLI);
            with.hear(0, Message.noteOff(Message.DRUM_CHANNEL, 36 + hit % 5));
            if (hit < 8) {
                with.lift(60 + hit);
                without.lift(60 + hit);
            }
            with.pass(150 * MILLI);
            without.pass(150 * MILLI);
        }
        assertThat(with.sent()).isEqualTo(without.sent());
        assertThat(with.improviser().listener().hands().heldKeys()).isZero();
    }

    @Test
    void shouldHearDrumsWhereTheSettingsSaySo() {
        Settings standard = Settings.standard(Mode.HARMONY);
        Settings hearing = new Settings(
                standard.mode(),
                standard.temperature(),
                standard.topP(),
                standard.minP(),
                standard.call(),
                standard.continuing(),
                standard.density(),
                standard.registerSemitones(),
                standard.beat(),
                standard.maxPolyphony(),
                standard.commitNanos(),
                standard.leadNanos(),
                standard.immediateNanos(),
                standard.thruNanos(),
                standard.offsetNanos(),
                standard.channel(),
                standard.memory(),
                standard.mute(),
                false,
                standard.inChannel(),
                standard.candidates(),
                standard.steer(),
                standard.together(),
                standard.band());
        Conversation talk = new Conversation(hearing, 3);
        talk.hear(0, Message.noteOn(Message.DRUM_CHANNEL, 60, 100));
        assertThat(talk.sent()).hasSize(1);
    }

    @Test
    void shouldAnswerOnlyWhenThePhraseHasEnded() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        talk.playPhrase(12);
        long lastNanos = talk.nanos();
        // A line that sounds finished is waited for a quarter longer than its usual gap, 200 ms, and to the next beat.
        talk.until(lastNanos + 249 * MILLI);
        assertThat(talk.sent()).isEmpty();
        talk.until(lastNanos + 30 * SECOND);
        assertThat(talk.improviser().answers()).isEqualTo(1);
        assertThat(talk.notesOn()).isPositive();
        assertThat(talk.sent().getFirst().dueNanos()).isBetween(lastNanos + 250 * MILLI, lastNanos + 1_400 * MILLI);
    }

    @Test
    void shouldEndAnAnswerInProportionToItsCallAndThenListen() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        talk.playPhrase(20);
        long callNanos = talk.nanos();
        talk.until(60 * SECOND);
        assertThat(talk.improviser().isAnswering()).isFalse();
        long endNanos = talk.sent().getLast().dueNanos();
        assertThat(endNanos - talk.sent().getFirst().dueNanos()).isLessThan(callNanos * 2);
        assertThat(talk.soundingAt(Long.MAX_VALUE)).isZero();
    }

    @Test
    void shouldFallSilentWithin150MillisecondsOfAHumanNote() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        talk.playPhrase(20);
        while (talk.soundingAt(talk.nanos()) == 0) {
            talk.until(talk.nanos() + 10 * MILLI);
        }
        long interruptionNanos = talk.nanos();
        talk.improviser().hear(0, Message.noteOn(0, 72, 90), interruptionNanos, talk.out());
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.soundingAt(interruptionNanos + 10 * MILLI)).isZero();
        int sentBefore = talk.sent().size();
        talk.until(interruptionNanos + 600 * MILLI);
        assertThat(talk.sent()).as("it listens while the key is held").hasSize(sentBefore);
    }

    @Test
    void shouldWaitWhileKeysAreHeldButNotForEver() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        talk.improviser().hear(0, Message.noteOn(0, 60, 80), 0, talk.out());
        talk.until(2_900 * MILLI);
        assertThat(talk.improviser().answers()).isZero();
        talk.until(3_100 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldLearnFromBeingTooEarlyThatTheHumanIsSlow() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        for (int i = 0; i < 6; i++) {
            talk.play(i * SECOND, 60 + i, 100 * MILLI);
        }
        talk.until(5 * SECOND + 100 * MILLI + 1_400 * MILLI);
        assertThat(talk.improviser().answers())
                .as("only the first beat was taken for a phrase")
                .isEqualTo(1);
        talk.until(5 * SECOND + 100 * MILLI + 1_600 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(2);
    }

    @Test
    void shouldPlayOnInContinueModeUntilTheHumanPlays() {
        Conversation talk = new Conversation(Settings.standard(Mode.CONTINUE), 5);
        talk.playPhrase(8);
        talk.until(60 * SECOND);
        assertThat(talk.improviser().isAnswering()).isTrue();
        assertThat(talk.sent().getLast().dueNanos()).isGreaterThan(55 * SECOND);
        talk.play(61 * SECOND, 60, 100 * MILLI);
        assertThat(talk.improviser().isAnswering()).isFalse();
        assertThat(talk.soundingAt(Long.MAX_VALUE)).isZero();
    }

    @Test
    void shouldSendNothingFurtherAheadThanTheCommitWindow() {
        Settings settings = Settings.standard(Mode.CALL);
        Improviser improviser = Parts.improviser(Networks.PLAIN, settings, 3);
        long[] now = {0};
        MessageSink out =
                (message, dueNanos) -> assertThat(dueNanos).isLessThanOrEqualTo(now[0] + settings.commitNanos());
        improviser.begin(0);
        improviser.hear(0, Message.noteOn(0, 60, 80), 0, out);
        improviser.hear(0, Message.noteOff(0, 60), 100 * MILLI, out);
        while (now[0] < 20 * SECOND) {
            now[0] = Math.max(now[0] + 1, Math.min(now[0] + 100 * MILLI, improviser.advance(now[0], out)));
        }
        assertThat(improviser.notesAnswered()).isPositive();
    }

    @Test
    void shouldCountTheRestFromTheKeyThatWentUpUnderThePedal() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        // So short that no phrase ends sooner.
        talk.set(Control.CALL_REST, 390 * MILLI);
        talk.improviser().hear(0, Message.control(0, Message.SUSTAIN_PEDAL, 127), 0, talk.out());
        talk.playPhrase(6);
        talk.play(talk.nanos() + 100 * MILLI, 70, 900 * MILLI);
        long keyUpNanos = talk.nanos();
        talk.until(keyUpNanos + 380 * MILLI);
        assertThat(talk.improviser().answers()).isZero();
        talk.until(keyUpNanos + 400 * MILLI);
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldEndALongNoteInTimeWhateverGapWasDrawn() {
        for (long seed = 0; seed < 30; seed++) {
            Conversation talk = new Conversation(Settings.standard(Mode.CALL), seed);
            talk.playPhrase(12);
            long[] now = {talk.nanos()};
            MessageSink out =
                    (message, dueNanos) -> assertThat(dueNanos).as("sent late").isGreaterThanOrEqualTo(now[0]);
            while (now[0] < 20 * SECOND) {
                now[0] = Math.max(
                        now[0] + 1, Math.min(now[0] + SECOND, talk.improviser().advance(now[0], out)));
            }
            assertThat(talk.improviser().notesAnswered()).isPositive();
        }
    }

    @Test
    void shouldPlayNoSlipsOfTheFinger() {
        int notes = 0;
        for (long seed = 0; seed < 30; seed++) {
            Conversation talk = new Conversation(Settings.standard(Mode.CALL), seed);
            talk.playPhrase(12);
            talk.until(20 * SECOND);
            long[] onsets = new long[128];
            for (Sent sent : talk.sent()) {
                int pitch = Message.data1(sent.message());
                if (Message.isNoteOn(sent.message())) {
                    onsets[pitch] = sent.dueNanos();
                    notes++;
                } else if (sent.dueNanos() < talk.sent().getLast().dueNanos()) {
                    // The phrase's last notes may end with it.
                    assertThat(sent.dueNanos() - onsets[pitch]).isGreaterThanOrEqualTo(60 * MILLI);
                }
            }
        }
        assertThat(notes).isGreaterThan(100);
    }

    @Test
    void shouldNotAnswerItsOwnEcho() {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), 1);
        talk.playPhrase(12);
        int heard = 0;
        for (long nanos = talk.nanos(); nanos < 40 * SECOND; nanos += 5 * MILLI) {
            talk.until(nanos);
            // What it sent comes back 10 ms later, as through a loopback.
            while (heard < talk.sent().size() && talk.sent().get(heard).dueNanos() + 10 * MILLI <= nanos) {
                talk.improviser().hear(0, talk.sent().get(heard).message(), nanos, talk.out());
                heard++;
            }
        }
        assertThat(heard).isPositive();
        assertThat(talk.improviser().answers()).isEqualTo(1);
    }

    @Test
    void shouldDecideEarlyEnoughForAWayOutThatNeedsALead() {
        long leadNanos = 22 * MILLI;
        Settings settings = Settings.standard(Mode.CALL).withTiming(leadNanos, leadNanos, 0);
        assertThat(settings.commitNanos()).isGreaterThan(leadNanos);
        Improviser improviser = Parts.improviser(Networks.PLAIN, settings, 3);
        long[] now = {0};
        MessageSink out = (message, dueNanos) -> assertThat(dueNanos).isGreaterThanOrEqualTo(now[0] + leadNanos);
        improviser.begin(0);
        improviser.hear(0, Message.noteOn(0, 60, 80), 0, out);
        improviser.hear(0, Message.noteOff(0, 60), 100 * MILLI, out);
        while (now[0] < 20 * SECOND) {
            now[0] = Math.max(now[0] + 1, Math.min(now[0] + 100 * MILLI, improviser.advance(now[0], out)));
        }
        assertThat(improviser.notesAnswered()).isPositive();
    }

    /** What was planned for the time of a standstill is over; the answer goes on from now. */
    @Test
    void shouldDropWhatIsTooLateAfterAStandstillAndPlayOn() {
        long dropped = 0;
        for (long seed = 0; seed < 30; seed++) {
            Conversation talk = new Conversation(Settings.standard(Mode.CONTINUE), seed);
            talk.playPhrase(12);
            talk.untilSounding(1);
            int before = talk.sent().size();
            long told = talk.improviser().mind().history().count();
            long wakesNanos = talk.nanos() + 3 * SECOND;
            talk.improviser().advance(wakesNanos, talk.out());
            for (Sent sent : talk.sent().subList(before, talk.sent().size())) {
                assertThat(sent.isOn() && sent.dueNanos() < wakesNanos - 100 * MILLI)
                        .isFalse();
            }
            assertThat(talk.improviser().mind().history().count() - told)
                    .as("fed what was sent, and silence")
                    .isGreaterThanOrEqualTo(talk.sent().size() - before);
            dropped += talk.improviser().notesDropped();
            int sent = talk.sent().size();
            for (long nanos = wakesNanos; talk.sent().size() == sent; ) {
                nanos = Math.max(nanos + 1, talk.improviser().advance(nanos, talk.out()));
            }
            talk.ask(Control.PANIC);
            assertThat(talk.unended()).isZero();
        }
        assertThat(dropped).isPositive();
    }

    @Test
    void shouldRefuseAModelOfAnotherVocabulary() {
        ModelFile file = RandomModel.of(4, 6, 1, 1);
        Map<String, Tensor> tensors = new TreeMap<>(file.tensors());
        tensors.put("embed.velocity", Tensor.matrix(17, 4, new float[68]));
        tensors.put("head.velocity.w", Tensor.matrix(6, 17, new float[102]));
        tensors.put("head.velocity.b", Tensor.vector(new float[17]));
        StackedLstm other = new StackedLstm(new ModelFile(tensors, file.metadata()));
        assertThatThrownBy(() -> Parts.improviser(other, Settings.standard(Mode.CALL), 1))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model knows 17 values of velocity; 33 needed."
                        + " Another version of antiphon trained it: train it again.");
    }

    @Test
    void shouldAllocateNothingWhileItListensAndAnswers() {
        Improviser improviser = Parts.improviser(Networks.PLAIN, Settings.standard(Mode.CALL), 1);
        MessageSink nobody = (message, dueNanos) -> {};
        improviser.begin(0);
        long[] now = {0};
        Runnable tenThousandEvents = () -> {
            for (int i = 0; i < 10_000; i++) {
                improviser.hear(0, Message.noteOn(0, 48 + i % 24, 70), now[0], nobody);
                improviser.hear(0, Message.noteOff(0, 48 + i % 24), now[0] + 50 * MILLI, nobody);
                int steps = i % 40 == 39 ? 300 : 10;
                for (int step = 0; step < steps; step++) {
                    now[0] += 10 * MILLI;
                    improviser.advance(now[0], nobody);
                }
            }
        };
        assertThat(Allocation.bytesOfWarmRun(tenThousandEvents)).isZero();
        assertThat(improviser.notesAnswered()).isGreaterThan(100);
    }

    @Property(tries = 60)
    void shouldNeverLeaveANoteHangingWhateverIsPlayed(
            @ForAll("performances") List<int[]> played, @ForAll long seed, @ForAll Mode mode) {
        Settings settings = Settings.standard(mode);
        Conversation talk = new Conversation(settings, seed);
        for (int[] step : played) {
            talk.until(talk.nanos() + step[0] * MILLI);
            talk.improviser().hear(0, Message.of(step[1], step[2], step[3]), talk.nanos(), talk.out());
        }
        talk.until(talk.nanos() + 5 * SECOND);
        talk.improviser().set(Control.PANIC, 0, talk.nanos(), talk.out());
        List<Sent> byTime = talk.sent().stream()
                .sorted(Comparator.comparingLong(Sent::dueNanos))
                .toList();
        int[] sounding = new int[128];
        for (Sent sent : byTime) {
            int pitch = Message.data1(sent.message());
            sounding[pitch] += Message.isNoteOn(sent.message()) ? 1 : -1;
            assertThat(sounding[pitch]).as("pitch %d", pitch).isBetween(0, 1);
        }
        assertThat(sounding).containsOnly(0);
    }

    @Property(tries = 20)
    void shouldAnswerTheSameToTheSame(@ForAll("performances") List<int[]> played, @ForAll long seed) {
        assertThat(answerTo(played, seed)).isEqualTo(answerTo(played, seed));
    }

    private static List<Sent> answerTo(List<int[]> played, long seed) {
        Conversation talk = new Conversation(Settings.standard(Mode.CALL), seed);
        for (int[] step : played) {
            talk.until(talk.nanos() + step[0] * MILLI);
            talk.improviser().hear(0, Message.of(step[1], step[2], step[3]), talk.nanos(), talk.out());
        }
        talk.until(talk.nanos() + 5 * SECOND);
        return talk.sent();
    }

    @Provide
    Arbitrary<List<int[]>> performances() {
        Arbitrary<Integer> gaps = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 300)),
                Tuple.of(1, Arbitraries.integers().between(0, 6_000)));
        Arbitrary<Integer> statuses = Arbitraries.of(0x90, 0x90, 0x90, 0x80, 0x80, 0x91, 0x81, 0xB0, 0xE0, 0xC0, 0xD3);
        return Combinators.combine(
                        gaps,
                        statuses,
                        Arbitraries.oneOf(Arbitraries.integers().between(58, 64), Arbitraries.of(0, 64, 120, 123, 127)),
                        Arbitraries.integers().between(0, 127))
                .as((gap, status, data1, data2) -> new int[] {gap, status, data1, data2})
                .list()
                .ofMaxSize(80);
    }
}
