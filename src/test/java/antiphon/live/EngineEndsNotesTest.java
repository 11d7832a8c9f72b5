package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.music.Message;
import org.junit.jupiter.api.Test;

/** What the engine does so that no note hangs. */
class EngineEndsNotesTest extends EngineFixture {
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
}
