package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the engine does so that no note hangs. */
class EngineEndsNotesTest extends EngineFixture {
    @Test
    void shouldEndWhatThruCopiedWhileTheRingWasFull() {
        Engine engine = engine();
        for (int i = 0; ring.publish(0, Message.control(0, 7, i % 128), now, Slot.NOT_COPIED); i++) {
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
        for (int i = 0; ring.publish(0, Message.control(0, 7, i % 128), now, Slot.NOT_COPIED); i++) {
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

    /** Every lasting controller of the answers and of thru, and a panic that finds no room at first. */
    @Test
    void shouldTakeEveryLastingControllerBackToRest() {
        Engine engine = engine();
        for (int lasting = 0; lasting < Lasting.COUNT; lasting++) {
            play(0, away(lasting, 2));
            play(1, away(lasting, 15));
        }
        engine.doWork();
        assertThat(port.hanging()).hasSize(2 * Lasting.COUNT);
        ring.lose(1, now);
        engine.doWork();
        assertThat(port.hanging()).as("the other input's").hasSize(Lasting.COUNT);
        engine.releaseAll();
        assertThat(port.hanging()).isEmpty();
        assertThat(port.sent).hasSize(2 * Lasting.COUNT);
    }

    private static int away(int lasting, int channel) {
        int rest = Lasting.atRest(lasting, channel);
        return Message.of(Message.status(rest), lasting < 4 ? Message.data1(rest) : 127, 127);
    }

    @Test
    void shouldSendTheWholePanicThoughThereIsNoRoomAtFirst() {
        Engine engine = engine();
        play(0, away(1, 9));
        engine.doWork();
        port.setFull(true);
        controls.submit(Control.PANIC, 0);
        assertThat(engine.doWork()).isLessThanOrEqualTo(now + MILLI);
        port.setFull(false);
        now += MILLI;
        engine.doWork();
        assertThat(port.hanging()).isEmpty();
        assertThat(port.sent).hasSize(1 + 16 * (Lasting.COUNT + 2));
        assertThat(port.sent).contains(Lasting.atRest(5, 15), Message.control(15, Message.ALL_SOUND_OFF, 0));
    }

    /** Drum pads send no note-offs: however often they are hit, what else sounds is ended. */
    @Test
    void shouldReleaseEverythingThoughASourceNeverEndsItsNotes() {
        Engine engine = engine();
        play(1, Message.noteOn(0, 60, 80));
        for (int hit = 0; hit < 12 * 800; hit++) {
            play(0, Message.noteOn(3, 36 + hit % 12, 100));
            engine.doWork();
        }
        int before = port.sent.size();
        engine.releaseAll();
        assertThat(port.hanging()).isEmpty();
        assertThat(port.sent.size() - before).as("one each").isLessThanOrEqualTo(2 * 13);
    }

    /** Note-offs and pedals that the ring had no room for: the engine hears them when it has. */
    @Test
    void shouldHearEndsThatTheRingHadNoRoomForAndWriteThemDown() {
        Engine engine = engine();
        for (int pitch = 60; pitch < 63; pitch++) {
            play(0, Message.noteOn(0, pitch, 80));
        }
        engine.doWork();
        tapped();
        for (int i = 0; ring.publish(1, Message.noteOff(5, 1), now, Slot.NOT_COPIED); i++) {
            assertThat(i).isLessThan(InRing.CAPACITY);
        }
        for (int pitch = 60; pitch < 63; pitch++) {
            play(0, Message.noteOff(0, pitch));
        }
        assertThat(engine.hasWork()).isTrue();
        engine.doWork();
        assertThat(engine.hasWork()).isFalse();
        assertThat(port.hanging()).as("their voices end with them").isEmpty();
        assertThat(ledger.held(NoteLedger.ofInput(0))).isZero();
        assertThat(tapped().stream().filter(what -> what == Tap.HEARD)).hasSize(InRing.CAPACITY + 3);
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        assertThat(port.sent.getLast()).as("the input is open again").isEqualTo(Message.noteOn(1, 72, 80));
    }

    /** However the engine falls behind and whatever is refused: when all keys are up, nothing sounds. */
    @Property(tries = 100)
    void shouldLeaveNothingSoundingHoweverFarItFallsBehind(@ForAll long seed) {
        Engine engine = engine();
        Random random = new Random(seed);
        for (int step = 0; step < 6_000; step++) {
            int pitch = 50 + random.nextInt(8);
            play(random.nextInt(2), random.nextBoolean() ? Message.noteOn(2, pitch, 9) : Message.noteOff(2, pitch));
            if (random.nextInt(700) == 0) {
                engine.doWork();
            }
            if (random.nextInt(300) == 0) {
                port.setFull(random.nextInt(3) == 0);
            }
        }
        for (int pitch = 50; pitch < 58; pitch++) {
            play(0, Message.noteOff(2, pitch));
            play(1, Message.noteOff(2, pitch));
        }
        port.setFull(false);
        for (int time = 0; time < 5; time++) {
            now += 10 * MILLI;
            engine.doWork();
        }
        assertThat(port.hanging()).isEmpty();
    }
}
