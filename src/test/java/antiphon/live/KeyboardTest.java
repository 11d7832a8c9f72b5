package antiphon.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A keyboard that belongs to no port, on a session with its real threads. */
@Timeout(60)
class KeyboardTest {
    private static final StackedLstm MODEL = new StackedLstm(RandomModel.of(16, 24, 2, 11));
    private static final long LOOK_NANOS = 1_000_000L;

    private final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);

    private LiveSession session(Ports ports) {
        LiveSession session = new LiveSession(backend, MODEL, Impatient.settings(Mode.CALL), 7, ports);
        session.start();
        return session;
    }

    @Test
    void shouldBeHeardAndAnsweredAndNeverCopied() {
        try (LiveSession session = session(Ports.unconnected(true).withKeyboard())) {
            Keyboard keyboard = requireNonNull(session.keyboard());
            Tap.Reader reader = session.tap().newReader();
            List<Integer> inputs = new ArrayList<>();
            keyboard.play(Message.noteOn(0, 60, 80));
            keyboard.play(Message.noteOff(0, 60));
            while (session.notesAnswered() == 0 || backend.output("out").size() == 0) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            while (reader.read(entry -> {
                if (entry.what() == Tap.HEARD) {
                    inputs.add(entry.input());
                }
            })) {
                // It has been taken.
            }
            assertThat(inputs).containsExactly(keyboard.input(), keyboard.input());
            assertThat(session.inputNames()).as("it is no port").hasSize(1);
            MemoryBackend.Output out = backend.output("out");
            for (int i = 0; i < out.size(); i++) {
                assertThat(out.isThru(i)).isFalse();
            }
        }
    }

    @Test
    void shouldNotBeThereUnlessAskedFor() {
        try (LiveSession session = session(Ports.unconnected(false))) {
            assertThat(session.keyboard()).isNull();
        }
    }

    @Test
    void shouldHaveANameAfterThoseOfThePorts() {
        Keyboard keyboard = new Keyboard((message, nanos) -> {}, 1, System::nanoTime);
        assertThat(keyboard.nameAfter(List.of("antiphon:in"))).containsExactly("antiphon:in", "keyboard");
    }

    @Test
    void shouldUnderstandNothingBeforeAnythingWasPlayed() {
        try (LiveSession session = session(Ports.unconnected(false))) {
            Understanding nothing = session.understanding();
            assertThat(nothing.sure()).isFalse();
            assertThat(nothing.chord()).isZero();
            assertThat(nothing.confidence()).isBetween(0.0, 1.0);
        }
    }
}
