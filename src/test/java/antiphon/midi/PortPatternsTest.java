package antiphon.midi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
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
        assertThat(inputs(List.of("piano"), ALL)).containsExactly(PIANO);
        assertThat(outputs(List.of("SYN", "i"), ALL)).containsExactly(SYNTH, PIANO, THROUGH);
    }

    @Test
    void shouldFindByGlobOverTheWholeName() {
        assertThat(inputs(List.of("midi*"), ALL)).containsExactly(THROUGH);
        assertThat(inputs(List.of("*"), ALL)).containsExactly(PIANO, THROUGH, ALIASED);
        assertThatThrownBy(() -> inputs(List.of("iano*"), ALL)).isInstanceOf(MidiException.class);
    }

    @Test
    void shouldFindByAlias() {
        assertThat(inputs(List.of("keystation"), ALL)).containsExactly(ALIASED);
    }

    @Test
    void shouldPreferTheNameItselfToNamesThatContainIt() {
        PortInfo second = new PortInfo("Synth 2", false, true);
        assertThat(outputs(List.of("synth"), List.of(second, SYNTH))).containsExactly(SYNTH);
    }

    @Test
    void shouldTellWhatThereIsWhenNothingFits() {
        assertThatThrownBy(() -> inputs(List.of("Keystation"), List.of(PIANO, THROUGH, SYNTH)))
                .hasMessage("midi.in \"Keystation\": no such input; found \"Digital Piano\", \"Midi Through\"."
                        + " Run: antiphon ports");
        assertThatThrownBy(() -> outputs(List.of("x"), List.of()))
                .hasMessage("midi.out \"x\": no such output; found none. Run: antiphon ports");
    }

    @Property
    void shouldFindAnyNameByItself(@ForAll String name) {
        PortInfo port = new PortInfo(name, true, false);
        assertThat(inputs(List.of(name), List.of(port))).containsExactly(port);
    }

    /** A regular expression would take for ever over the first of these. */
    @Test
    void shouldTakeNoLongerForManyStars() {
        PortInfo longName = new PortInfo("a".repeat(5_000), true, false);
        String stars = "a*".repeat(1_000);
        assertThat(inputs(List.of(stars), List.of(longName))).containsExactly(longName);
        assertThatThrownBy(() -> inputs(List.of(stars + "b"), List.of(longName)))
                .isInstanceOf(MidiException.class);
        assertThatThrownBy(() -> inputs(List.of("*a*b*".repeat(500)), List.of(longName)))
                .isInstanceOf(MidiException.class);
    }

    /** The same as a regular expression in which each star stands for anything. */
    @Property(tries = 2_000)
    void shouldMatchAsTheStarsSay(
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'b') @Chars('*') String pattern,
            @ForAll @StringLength(max = 8) @CharRange(from = 'a', to = 'b') String name) {
        PortInfo port = new PortInfo(name, true, false);
        String glob = pattern.contains("*") ? pattern : "*" + pattern + "*";
        boolean expected = name.matches(glob.replace("*", ".*"));
        boolean found;
        try {
            found = !inputs(List.of(pattern), List.of(port)).isEmpty();
        } catch (MidiException none) {
            found = false;
        }
        assertThat(found).isEqualTo(expected);
    }

    private static List<PortInfo> inputs(List<String> patterns, List<PortInfo> ports) {
        return PortPatterns.required(
                "midi.in", patterns, ports.stream().filter(PortInfo::source).toList());
    }

    private static List<PortInfo> outputs(List<String> patterns, List<PortInfo> ports) {
        return PortPatterns.required(
                "midi.out",
                patterns,
                ports.stream().filter(PortInfo::destination).toList());
    }
}
