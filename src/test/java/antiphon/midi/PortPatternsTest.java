package antiphon.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PortPatternsTest {
    private static final PortInfo PIANO = new PortInfo("Digital Piano", true, true);
    private static final PortInfo THROUGH = new PortInfo("Midi Through", true, true);
    private static final PortInfo SYNTH = new PortInfo("Synth", false, true);
    private static final PortInfo ALIASED =
            new PortInfo("system:midi_capture_1", List.of("a2j:Keystation 88 [20]: 0"), true, false);
    private static final List<PortInfo> ALL = List.of(PIANO, THROUGH, SYNTH, ALIASED);

    @Test
    void shouldFindByAnyPartOfTheNameWhateverTheCase() {
        assertThat(PortPatterns.inputs(List.of("piano"), ALL)).containsExactly(PIANO);
        assertThat(PortPatterns.outputs(List.of("SYN", "i"), ALL)).containsExactly(SYNTH, PIANO, THROUGH);
    }

    @Test
    void shouldFindByGlobOverTheWholeName() {
        assertThat(PortPatterns.inputs(List.of("midi*"), ALL)).containsExactly(THROUGH);
        assertThat(PortPatterns.inputs(List.of("*"), ALL)).containsExactly(PIANO, THROUGH, ALIASED);
        assertThatThrownBy(() -> PortPatterns.inputs(List.of("iano*"), ALL)).isInstanceOf(MidiException.class);
    }

    @Test
    void shouldFindByAlias() {
        assertThat(PortPatterns.inputs(List.of("keystation"), ALL)).containsExactly(ALIASED);
    }

    @Test
    void shouldPreferTheNameItselfToNamesThatContainIt() {
        PortInfo second = new PortInfo("Synth 2", false, true);
        assertThat(PortPatterns.outputs(List.of("synth"), List.of(second, SYNTH)))
                .containsExactly(SYNTH);
    }

    @Test
    void shouldTellWhatThereIsWhenNothingFits() {
        assertThatThrownBy(() -> PortPatterns.inputs(List.of("Keystation"), List.of(PIANO, THROUGH, SYNTH)))
                .hasMessage("midi.in \"Keystation\": no such input; found \"Digital Piano\", \"Midi Through\"."
                        + " Run: antiphon ports");
        assertThatThrownBy(() -> PortPatterns.outputs(List.of("x"), List.of()))
                .hasMessage("midi.out \"x\": no such output; found none. Run: antiphon ports");
    }

    @Property
    void shouldFindAnyNameByItself(@ForAll String name) {
        PortInfo port = new PortInfo(name, true, false);
        assertThat(PortPatterns.inputs(List.of(name), List.of(port))).containsExactly(port);
    }
}
