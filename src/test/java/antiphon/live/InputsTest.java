package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Mode;
import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.model.RandomModel;
import antiphon.model.StackedLstm;
import antiphon.music.Message;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inputs of ports that come later than the start, in a session with its real threads. */
@Timeout(60)
class InputsTest {
    private static final PortInfo FIRST = new PortInfo("keyb-1:out", true, false);
    private static final PortInfo SECOND = new PortInfo("keyb-2:out", true, false);
    private static final PortInfo THIRD = new PortInfo("keyb-3:out", true, false);

    private final MemoryBackend backend = new MemoryBackend(System::nanoTime, true);

    private LiveSession session() {
        backend.plug(FIRST);
        LiveSession session = new LiveSession(
                backend,
                new StackedLstm(RandomModel.of(16, 24, 2, 11)),
                Impatient.settings(Mode.LISTEN),
                7,
                new Ports(List.of(new Wish("keyb", List.of(FIRST))), List.of(), true, 0, null, false, true));
        session.start();
        return session;
    }

    @Test
    void shouldEndOnlyTheNotesOfThePortThatGoes() {
        try (LiveSession session = session()) {
            backend.plug(SECOND);
            backend.plug(THIRD);
            assertThat(session.inputNames()).containsExactly("antiphon:in", "antiphon:in-2", "antiphon:in-3");
            backend.input("in-2").inject(Message.noteOn(0, 62, 80), System.nanoTime());
            backend.input("in-3").inject(Message.noteOn(0, 64, 80), System.nanoTime());
            backend.unplug(SECOND);
            MemoryBackend.Output out = backend.output("out");
            while (out.size() < 3) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(out.message(2)).isEqualTo(Message.noteOff(0, 62));
        }
        MemoryBackend.Output out = backend.output("out");
        assertThat(out.message(3)).as("ended by the stop").isEqualTo(Message.noteOff(0, 64));
    }

    @Test
    void shouldShareAnInputOnlyWhereThereCanBeNoMore() {
        try (LiveSession session = session()) {
            for (int number = 2; number <= LiveSession.MAX_INPUTS + 1; number++) {
                backend.plug(new PortInfo("keyb-" + number + ":out", true, false));
            }
            assertThat(session.inputNames()).hasSize(LiveSession.MAX_INPUTS);
            assertThat(backend.connections("antiphon:in")).containsExactly(FIRST.name(), "keyb-17:out");
            assertThat(backend.connections("antiphon:in-16")).containsExactly("keyb-16:out");
            assertThat(session.connections().missing()).isEmpty();
        }
    }
}
