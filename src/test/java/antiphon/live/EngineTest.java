package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.Allocation;
import antiphon.improv.Choice;
import antiphon.improv.Control;
import antiphon.improv.part.Parts;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest extends EngineFixture {
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

    static List<Error> errors() {
        return List.of(
                new OutOfMemoryError("on purpose"),
                new StackOverflowError("on purpose"),
                new InternalError("on purpose"),
                new AssertionError("on purpose"),
                new NoClassDefFoundError("on purpose"));
    }

    /** In the middle of a message, and while it decides. */
    @ParameterizedTest
    @MethodSource("errors")
    void shouldGoOnAfterAnErrorAsAfterAnException(Error error) {
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        part().error = error;
        part().fails = true;
        part().failsToDecide = true;
        play(0, Message.noteOn(0, 64, 80));
        engine.doWork();
        assertThat(meters.failures.get()).isEqualTo(2);
        assertThat(port.hanging()).as("all notes are released").isEmpty();
        part().fails = false;
        part().failsToDecide = false;
        now += 100 * MILLI;
        play(0, Message.noteOn(0, 67, 80));
        engine.doWork();
        assertThat(port.sent.getLast()).as("it plays on").isEqualTo(Message.noteOn(1, 79, 80));
    }

    @Test
    void shouldReleaseAllThoughBeginningAnewFailsToo() {
        port.failures = 0;
        Engine engine = engine();
        play(0, Message.noteOn(0, 60, 80));
        engine.doWork();
        part().fails = true;
        port.error = new OutOfMemoryError("on purpose");
        port.failures = 2;
        play(0, Message.noteOn(0, 64, 80));
        engine.doWork();
        part().fails = false;
        now += 100 * MILLI;
        engine.doWork();
        assertThat(port.hanging()).isEmpty();
        assertThat(meters.failures.get()).isGreaterThanOrEqualTo(2);
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
            do {
                // It thinks as long as there is something to think of.
                promisedNanos = engine.doWork();
            } while (promisedNanos == now && tapped().isEmpty());
        }
        assertThat(waited).isGreaterThan(500);
        assertThat(port.sent.stream().filter(Message::isNoteOn)).hasSizeGreaterThan(50);
    }

    /** Between two events that it imagines it looks at the ring; what it then hears it takes in at once. */
    @Test
    void shouldHearWhatComesWhileItThinks() {
        Engine engine = begun(Parts.improviser(MODEL, SETTINGS, 1));
        callAndRest(engine);
        long promisedNanos = engine.doWork();
        assertThat(tapped()).contains(Tap.THINKING);
        for (int step = 0; step < 200; step++) {
            assertThat(promisedNanos).as("there is more to think of").isEqualTo(now);
            promisedNanos = engine.doWork();
        }
        tapped();
        play(0, Message.noteOn(0, 72, 80));
        engine.doWork();
        assertThat(tapped()).contains(Tap.HEARD);
    }

    /** A whole answer's plan is told once, not with every note of it. */
    @Test
    void shouldTellTheWholePlanOnce() {
        Engine engine = begun(Parts.improviser(MODEL, SETTINGS, 1));
        callAndRest(engine);
        while (engine.doWork() == now) {
            // It thinks.
        }
        tapped();
        List<Integer> told = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            now += 10 * MILLI;
            engine.doWork();
            told.addAll(tapped());
        }
        assertThat(told.stream().filter(what -> what == Tap.SENT)).hasSizeGreaterThan(6);
        assertThat(told.stream().filter(what -> what == Tap.PLAN)).hasSizeBetween(1, 3);
        assertThat(told.stream().filter(what -> what == Tap.CHOSEN))
                .as("why, too")
                .hasSize(1);
        assertThat(told.stream().filter(what -> what == Tap.CANDIDATE)).hasSizeBetween(1, Choice.MAX_KEPT);
    }

    private void callAndRest(Engine engine) {
        for (int i = 0; i < 8; i++) {
            play(0, Message.noteOn(0, 60 + i, 80));
            engine.doWork();
            now += 200 * MILLI;
            play(0, Message.noteOff(0, 60 + i));
            engine.doWork();
        }
        now += 300 * MILLI;
        tapped();
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
}
