package antiphon.app;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.midi.PortInfo;
import antiphon.midi.memory.MemoryBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikelyPortsTest {
    private static final PortInfo THROUGH = device("Midi Through:Midi Through Port-0 (capture)", true);
    private static final PortInfo THROUGH_IN = device("Midi Through:Midi Through Port-0 (playback)", false);
    private static final PortInfo KEYS = device("Keystation:out", true);
    private static final PortInfo KEYS_IN = device("Keystation:in", false);
    private static final PortInfo SECOND_KEYS = device("Nord:out", true);
    private static final PortInfo MODULE = device("Module:in", false);
    private static final PortInfo FLUID = new PortInfo("fluidsynth:midi", List.of(), false, true, false, true);
    private static final PortInfo YOSHIMI = program("yoshimi:midi in", false);
    private static final PortInfo SEQUENCER = program("seq:in", false);
    private static final PortInfo SEQUENCER_OUT = program("seq:out", true);

    private static PortInfo device(String name, boolean source) {
        return new PortInfo(name, List.of(), source, !source, true, true);
    }

    private static PortInfo program(String name, boolean source) {
        return new PortInfo(name, source, !source);
    }

    private static PortInfo synthesiser(PortInfo... ports) {
        return LikelyPorts.of(List.of(ports)).synthesisers().getFirst();
    }

    @Test
    void shouldTakeTheFirstHardwareKeyboardAndNeverMidiThrough() {
        assertThat(LikelyPorts.of(List.of(SEQUENCER_OUT, THROUGH, KEYS, SECOND_KEYS))
                        .keyboards())
                .containsExactly(KEYS);
        assertThat(LikelyPorts.of(List.of(THROUGH, THROUGH_IN, SEQUENCER_OUT)))
                .isEqualTo(new LikelyPorts(List.of(), List.of()));
        PortInfo aliased = new PortInfo("system:midi_capture_1", List.of("Midi-Through"), true, false, true, true);
        assertThat(LikelyPorts.of(List.of(aliased)).keyboards()).isEmpty();
    }

    @Test
    void shouldTakeWhatMostLikelySounds() {
        assertThat(synthesiser(KEYS, KEYS_IN, THROUGH_IN, SEQUENCER, SEQUENCER_OUT, MODULE, YOSHIMI, FLUID))
                .isEqualTo(FLUID);
        assertThat(synthesiser(KEYS, KEYS_IN, SEQUENCER, SEQUENCER_OUT, MODULE, YOSHIMI))
                .isEqualTo(YOSHIMI);
        assertThat(synthesiser(KEYS, KEYS_IN, SEQUENCER, SEQUENCER_OUT, MODULE)).isEqualTo(MODULE);
        assertThat(synthesiser(KEYS_IN, KEYS)).as("a digital piano").isEqualTo(KEYS_IN);
    }

    /** It may be another antiphon. */
    @Test
    void shouldTakeNoProgramThatSendsTooWhenItComesWhileWePlay() {
        assertThat(LikelyPorts.later(List.of(KEYS, KEYS_IN, SEQUENCER, SEQUENCER_OUT)))
                .isEqualTo(new LikelyPorts(List.of(KEYS), List.of()));
        assertThat(LikelyPorts.later(List.of(KEYS, KEYS_IN, SEQUENCER, SEQUENCER_OUT, MODULE))
                        .synthesisers())
                .containsExactly(MODULE);
    }

    @Test
    void shouldSayInAtMostThreeLinesWhatToConnect() {
        try (MemoryBackend backend = new MemoryBackend()) {
            assertThat(LikelyPorts.of(List.of(KEYS)).howToConnect(backend, "antiphon:in", "antiphon:out"))
                    .hasSize(3)
                    .anyMatch(line -> line.contains("antiphon:in"))
                    .anyMatch(line -> line.contains("antiphon:out"))
                    .last()
                    .isEqualTo("Or draw the cables in qpwgraph or qjackctl, or start with: --connect auto");
        }
    }
}
