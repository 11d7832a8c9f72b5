package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.live.Panic.Outcome;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import antiphon.music.Lasting;
import antiphon.music.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PanicTest {
    private static final PortInfo PIANO = new PortInfo("piano", false, true);
    private static final PortInfo ORGAN = new PortInfo("organ", false, true);
    private static final PortInfo GONE = new PortInfo("gone", false, true);

    @Test
    void shouldEndEveryKeyOfEveryChannelOnEveryPort() {
        try (MemoryBackend backend = new MemoryBackend()) {
            assertThat(Panic.silence(backend, List.of(PIANO, ORGAN)))
                    .containsExactly(new Outcome(PIANO, null), new Outcome(ORGAN, null));
            for (String name : List.of("out", "out-2")) {
                MemoryBackend.Output output = backend.output(name);
                Set<Integer> sent = new HashSet<>();
                for (int i = 0; i < output.size(); i++) {
                    sent.add(output.message(i));
                }
                assertThat(sent).hasSize(16 * (Lasting.COUNT + 2 + 128));
                assertThat(sent)
                        .contains(
                                Message.noteOff(0, 0),
                                Message.noteOff(15, 127),
                                Message.control(15, 66, 0),
                                Message.control(15, 69, 0),
                                Message.control(15, 1, 0),
                                Message.of(0xEF, 0, 64),
                                Message.of(0xDF, 0, 0),
                                Message.control(15, Message.SUSTAIN_PEDAL, 0));
            }
            assertThat(backend.output("out-2").destinations()).containsExactly(ORGAN);
        }
    }

    @Test
    void shouldGiveUpAPortAtTheFirstMessageThatItDoesNotTake() {
        try (MemoryBackend backend = new MemoryBackend(System::nanoTime, false, 40)) {
            assertThat(Panic.silence(backend, List.of(PIANO, ORGAN), 5_000_000))
                    .containsExactly(
                            new Outcome(PIANO, "midi.out \"piano\": takes no messages; it must be alive. Restart it."),
                            new Outcome(ORGAN, "midi.out \"organ\": takes no messages; it must be alive. Restart it."));
        }
    }

    @Test
    void shouldSilenceTheOthersWhenOnePortCannotBeOpened() {
        try (MemoryBackend backend = new MemoryBackend()) {
            assertThat(Panic.silence(withoutGone(backend), List.of(GONE, PIANO)))
                    .containsExactly(new Outcome(GONE, "gone: unplugged"), new Outcome(PIANO, null));
            assertThat(backend.output("out-2").size()).isEqualTo(16 * (Lasting.COUNT + 2 + 128));
        }
    }

    /** The same back end, but for one port, which was unplugged since it was listed. */
    private static MidiBackend withoutGone(MidiBackend backend) {
        return (MidiBackend) Proxy.newProxyInstance(
                MidiBackend.class.getClassLoader(), new Class<?>[] {MidiBackend.class}, (proxy, method, args) -> {
                    if (method.getName().equals("openOutput") && args[1].equals(List.of(GONE))) {
                        throw new MidiException("gone: unplugged");
                    }
                    try {
                        return method.invoke(backend, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
