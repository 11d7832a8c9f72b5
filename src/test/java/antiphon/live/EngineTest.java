package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Control;
import antiphon.improv.Improviser;
import antiphon.improv.Mind;
import antiphon.improv.Mode;
import antiphon.improv.Part;
import antiphon.improv.Settings;
import antiphon.improv.Stage;
import antiphon.improv.part.Parts;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import antiphon.music.MessageSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final long MILLI = 1_000_000L;
    private static final Settings SETTINGS = Settings.standard(Mode.CALL);

    private final FakePort port = new FakePort();
    private final Meters meters = new Meters();
    private final InRing ring = new InRing();
    private final Tap tap = new Tap();
    private final Tap.Reader reader = tap.newReader();
    private final NoteLedger ledger = new NoteLedger(2, HeldNotes.NOWHERE, 0);
    private final Controls controls = new Controls(ring, SETTINGS, 1, true, () -> this.now);
    private final List<Thru> thrus = List.of(thru(0), thru(1));
    private final Outlet outlet = new Outlet() {
        @Override
        public boolean send(int message, long dueNanos, long causeNanos) {
            return port.send(message, dueNanos);
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    };
    private final List<SecondVoice> parts = new ArrayList<>();
    private long now = 1_000 * MILLI;

    private Thru thru(int input) {
        return new Thru(input, ring, port, true, meters, () -> now);
    }

    /** An engine whose only part plays a voice an octave above each note, while the key is held. */
    private Engine engine() {
        Improviser improviser = new Improviser(new Mind(MODEL, SETTINGS, 1), SETTINGS, (mode, stage) -> {
            SecondVoice made = new SecondVoice(stage);
            parts.add(made);
            return made;
        });
        return begun(improviser);
    }

    private SecondVoice part() {
        return parts.get(SETTINGS.mode().number());
    }

    private Engine begun(Improviser improviser) {
        Engine engine = new Engine(ring, outlet, improviser, ledger, thrus, controls, tap, meters, () -> now, 0);
        engine.beginPiece();
        return engine;
    }

    private void play(int input, int message) {
        thrus.get(input).receive(message, now);
    }

    private List<Integer> tapped() {
        List<Integer> tapped = new ArrayList<>();
        while (reader.read(entry -> tapped.add(entry.what()))) {
            // It has been added.
        }
        return tapped;
    }

    @Test
    void shouldHearSendAndTell() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        assertThat(engine.hasWork()).isTrue();
        engine.doWork();
        assertThat(engine.hasWork()).isFalse();
        assertThat(port.copied).containsExactly(Message.noteOn(0, 60, 80));
        assertThat(port.sent).containsExactly(Message.noteOn(1, 72, 80));
        assertThat(ledger.held(NoteLedger.ANSWERS)).isEqualTo(1);
        assertThat(ledger.held(NoteLedger.ofInput(0))).isEqualTo(1);
        assertThat(tapped()).containsExactly(Tap.BEGUN, Tap.HEARD, Tap.SENT, Tap.ADVANCE, Tap.STATE);
        assertThat(meters.inToHeardNanos.count()).isEqualTo(1);
        assertThat(meters.inToDecidedNanos.count()).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterAMessageThatItsPartFailsOn() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        part().fails = true;
        play(0, Message.noteOn(0, 64, 80));
        play(1, Message.noteOn(2, 40, 80));
        engine.doWork();
        assertThat(meters.failures.get()).as("each message is taken once").isEqualTo(2);
        assertThat(port.hanging()).as("all notes are released").isEmpty();
        part().fails = false;
        now += 100 * MILLI;
        play(0, Message.noteOff(0, 64));
        play(0, Message.noteOff(0, 60));
        play(0, Message.noteOn(0, 67, 80));
        engine.doWork();
        assertThat(port.sent.getLast()).as("it plays on").isEqualTo(Message.noteOn(1, 79, 80));
        play(0, Message.noteOff(0, 67));
        engine.doWork();
        assertThat(port.hanging()).isEmpty();
        assertThat(meters.failures.get()).isEqualTo(2);
        assertThat(tapped()).contains(Tap.RECOVERED);
    }

    @Test
    void shouldGoOnAfterAControlThatItsPartFailsOn() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        part().fails = true;
        controls.submit(Control.ANSWER, 0);
        controls.submit(Control.TEMPERATURE, Control.pack(0.5));
        engine.doWork();
        assertThat(meters.failures.get()).isEqualTo(1);
        assertThat(port.hanging()).isEmpty();
        assertThat(Control.unpack(controls.value(Control.TEMPERATURE)))
                .as("what comes after it in the ring is done")
                .isEqualTo(0.5);
        part().fails = false;
        controls.submit(Control.ANSWER, 0);
        engine.doWork();
        assertThat(part().answers).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterADecisionThatItsPartFailsOnAndNotAtFullSpeed() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        part().failsToDecide = true;
        now += 10 * MILLI;
        for (int time = 1; time <= 3; time++) {
            play(0, Message.control(0, 1, time));
            assertThat(engine.doWork()).isEqualTo(now + 10 * MILLI);
            assertThat(meters.failures.get()).isEqualTo(time);
            assertThat(port.hanging()).isEmpty();
            now += 10 * MILLI;
        }
        part().failsToDecide = false;
        engine.doWork();
        assertThat(meters.failures.get()).isEqualTo(3);
        play(0, Message.noteOn(0, 62, 80));
        engine.doWork();
        assertThat(port.sent.getLast()).isEqualTo(Message.noteOn(1, 74, 80));
    }

    @Test
    void shouldEndWhatThruCopiedWhileTheRingWasFull() {
        Engine engine = engine();
        for (int i = 0; ring.publish(0, Message.control(0, 1, i % 128), now, Slot.NOT_COPIED); i++) {
            assertThat(i).isLessThan(InRing.CAPACITY);
        }
        play(0, Message.noteOn(0, 60, 80));
        play(1, Message.noteOn(5, 72, 80));
        for (int i = 0; ring.control(Control.TEMPERATURE, Control.pack(1), now); i++) {
            assertThat(i).isLessThan(InRing.RESERVED);
        }
        play(1, Message.control(5, Message.SUSTAIN_PEDAL, 127));
        assertThat(meters.inRingDrops.get()).isEqualTo(3);
        assertThat(port.copied).as("thru is complete").hasSize(3);
        engine.doWork();
        assertThat(port.sounding()[Message.key(Message.noteOn(0, 60, 80))]).isEqualTo(1);
        ring.lose(1, now);
        engine.doWork();
        assertThat(port.sounding()[Message.key(Message.noteOn(5, 72, 80))]).isZero();
        assertThat(port.sent).contains(Message.control(5, Message.SUSTAIN_PEDAL, 0));
        assertThat(port.sounding()[Message.key(Message.noteOn(0, 60, 80))])
                .as("another input's")
                .isEqualTo(1);
        engine.releaseAll();
        assertThat(port.hanging()).isEmpty();
        int before = port.sent.size();
        engine.releaseAll();
        assertThat(port.sent).as("once").hasSize(before);
    }

    @Test
    void shouldHearTheEndOfWhatIsHeldThoughTheRingIsFull() {
        Engine engine = engine();
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        for (int i = 0; ring.publish(0, Message.control(0, 1, i % 128), now, Slot.NOT_COPIED); i++) {
            assertThat(i).isLessThan(InRing.CAPACITY);
        }
        play(0, Message.noteOff(0, 60));
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        assertThat(meters.inRingDrops.get()).isZero();
        engine.doWork();
        engine.doWork();
        assertThat(port.hanging()).as("its voice ends with it").isEmpty();
    }

    @Test
    void shouldStillEndANoteWhenThruIsSwitchedOffInTheMiddleOfIt() {
        Engine engine = engine();
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        play(0, Message.noteOn(0, 60, 80));
        controls.submit(Control.THRU, 0);
        engine.doWork();
        assertThat(controls.value(Control.THRU)).isZero();
        play(0, Message.noteOn(0, 64, 80));
        play(0, Message.noteOff(0, 60));
        play(0, Message.noteOff(0, 64));
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        assertThat(port.copied)
                .containsExactly(
                        Message.control(0, Message.SUSTAIN_PEDAL, 127),
                        Message.noteOn(0, 60, 80),
                        Message.noteOff(0, 60),
                        Message.control(0, Message.SUSTAIN_PEDAL, 0));
        engine.doWork();
        assertThat(ledger.held(NoteLedger.ofInput(0))).isZero();
    }

    @Test
    void shouldEndThatInputsNotesOnlyWhenOneIsLost() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        play(1, Message.noteOn(3, 48, 80));
        engine.doWork();
        ring.lose(0, now);
        engine.doWork();
        int[] sounding = port.sounding();
        assertThat(sounding[Message.key(Message.noteOn(0, 60, 80))]).isZero();
        assertThat(sounding[Message.key(Message.noteOn(1, 72, 80))])
                .as("its voice")
                .isZero();
        assertThat(sounding[Message.key(Message.noteOn(3, 48, 80))]).isEqualTo(1);
        assertThat(sounding[Message.key(Message.noteOn(1, 60, 80))])
                .as("the other's voice")
                .isEqualTo(1);
        assertThat(port.sent).contains(Message.control(0, Message.SUSTAIN_PEDAL, 0));
    }

    @Test
    void shouldSilenceEverythingOnPanic() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        play(1, Message.noteOn(3, 48, 80));
        play(1, Message.control(3, Message.SUSTAIN_PEDAL, 127));
        engine.doWork();
        controls.submit(Control.PANIC, 0);
        engine.doWork();
        assertThat(port.hanging()).isEmpty();
        for (int channel = 0; channel < Message.CHANNELS; channel++) {
            assertThat(port.sent)
                    .contains(
                            Message.control(channel, Message.SUSTAIN_PEDAL, 0),
                            Message.control(channel, Message.ALL_NOTES_OFF, 0),
                            Message.control(channel, Message.ALL_SOUND_OFF, 0));
        }
        int before = port.sent.size();
        now += 1_000 * MILLI;
        engine.doWork();
        assertThat(port.sent).hasSize(before);
    }

    @Test
    void shouldTryAgainToReleaseWhatFoundNoRoom() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        port.setFull(true);
        ring.lose(0, now);
        long againNanos = engine.doWork();
        assertThat(againNanos).isLessThanOrEqualTo(now + MILLI);
        port.setFull(false);
        now = againNanos;
        engine.doWork();
        assertThat(port.hanging()).isEmpty();
    }

    /** A note-off that the way out refuses would otherwise sound until something else ends it. */
    @Test
    void shouldEndANoteOfTheAnswerThoughTheWayOutRefusedItsNoteOff() {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        port.refuses = message -> Message.isNoteOff(message) && Message.channel(message) == 1;
        play(0, Message.noteOff(0, 60));
        long againNanos = engine.doWork();
        assertThat(againNanos).isLessThanOrEqualTo(now + MILLI);
        assertThat(ledger.held(NoteLedger.ANSWERS)).isEqualTo(1);
        port.setFull(false);
        now = againNanos;
        engine.doWork();
        assertThat(port.hanging()).isEmpty();
        assertThat(ledger.held(NoteLedger.ANSWERS)).isZero();
    }

    @Test
    void shouldEndWhatThruBeganAndThePortDidNotLetItEnd() {
        Engine engine = engine();
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 127));
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        port.setFull(true);
        play(0, Message.noteOff(0, 60));
        play(0, Message.control(0, Message.SUSTAIN_PEDAL, 0));
        port.setFull(false);
        engine.doWork();
        assertThat(port.all).contains(Message.noteOff(0, 60), Message.control(0, Message.SUSTAIN_PEDAL, 0));
        assertThat(ledger.held(NoteLedger.ofInput(0))).isZero();
        assertThat(port.hanging()).isEmpty();
    }

    @Test
    void shouldNoteWhatIsLeftInTheRingWhenItFinishesAndPlayNothing() throws Exception {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.finish();
        assertThat(port.all).containsExactly(Message.noteOn(0, 60, 80), Message.noteOff(0, 60));
        play(0, Message.noteOn(0, 62, 80));
        engine.finish();
        assertThat(port.hanging()).isEmpty();
        assertThat(part().began).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldDoNothingBeforeTheTimeThatItPromised(long seed) {
        Engine engine = begun(Parts.improviser(MODEL, SETTINGS, seed));
        Random random = new Random(seed);
        long promisedNanos = engine.doWork();
        int waited = 0;
        for (int step = 0; step < 4_000; step++) {
            if (random.nextInt(60) == 0) {
                int pitch = 50 + random.nextInt(20);
                play(0, random.nextInt(3) > 0 ? Message.noteOn(0, pitch, 80) : Message.noteOff(0, pitch));
                promisedNanos = engine.doWork();
                tapped();
            }
            if (random.nextInt(80) == 0) {
                for (int pitch = 50; pitch < 70; pitch++) {
                    play(0, Message.noteOff(0, pitch));
                }
                promisedNanos = engine.doWork();
            }
            tapped();
            int sent = port.sent.size();
            if (promisedNanos - now > MILLI) {
                long before = now;
                now += (long) (random.nextDouble() * (Math.min(promisedNanos, now + 5_000 * MILLI) - now - 1));
                engine.doWork();
                assertThat(port.sent).hasSize(sent);
                assertThat(tapped()).isEmpty();
                waited += now > before ? 1 : 0;
            }
            now = Math.max(now, Math.min(promisedNanos, now + 5_000 * MILLI));
            promisedNanos = engine.doWork();
        }
        assertThat(waited).isGreaterThan(500);
        assertThat(port.sent.stream().filter(Message::isNoteOn)).hasSizeGreaterThan(50);
    }

    @Test
    void shouldAllocateNothingPerEvent() {
        port.recording = false;
        Engine engine = begun(Parts.improviser(MODEL, SETTINGS, 1));
        Runnable tenThousandEvents = () -> {
            for (int i = 0; i < 5_000; i++) {
                play(i % 2, Message.noteOn(0, 40 + i % 40, 80));
                engine.doWork();
                now += 100 * MILLI;
                play(i % 2, Message.noteOff(0, 40 + i % 40));
                engine.doWork();
                if (i % 50 == 0) {
                    controls.submit(Control.MODE, i / 50 % 4);
                    controls.submit(Control.CHANNEL, i / 50 % 3);
                    for (int step = 0; step < 50; step++) {
                        now += 100 * MILLI;
                        engine.doWork();
                    }
                }
            }
        };
        assertThat(Allocation.bytesOfWarmRun(tenThousandEvents)).isZero();
    }

    /** Plays an octave above; fails when told to. */
    private static final class SecondVoice implements Part {
        private static final int OCTAVE = 12;

        private final Stage stage;
        boolean fails;
        boolean failsToDecide;
        int began;
        long answers;

        SecondVoice(Stage stage) {
            this.stage = stage;
        }

        @Override
        public long restNanos() {
            return 1_000 * MILLI;
        }

        @Override
        public void began(int pitch, int velocity, long nanos, MessageSink out) {
            if (fails) {
                throw new IllegalStateException("broken on purpose");
            }
            began++;
            stage.voice().begin(pitch + OCTAVE, velocity, nanos, nanos, out);
        }

        @Override
        public void ending(int pitch, long nanos, MessageSink out) {
            if (stage.voice().keys().isSounding(pitch + OCTAVE)) {
                stage.voice().end(pitch + OCTAVE, nanos, nanos, out);
            }
        }

        @Override
        public long decide(long nowNanos) {
            if (failsToDecide) {
                throw new IllegalStateException("broken on purpose");
            }
            return Long.MAX_VALUE;
        }

        @Override
        public void answer(long nanos) {
            if (fails) {
                throw new IllegalStateException("broken on purpose");
            }
            answers++;
        }
    }
}
