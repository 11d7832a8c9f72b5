package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ControlTest {
    private static final List<String> IN_ORDER = List.of(
            "MODE",
            "TEMPERATURE",
            "TOP_P",
            "MIN_P",
            "SEED",
            "MAX_POLYPHONY",
            "MEMORY",
            "DENSITY",
            "REGISTER",
            "MUTE",
            "CHANNEL",
            "CALL_REST",
            "CALL_LENGTH",
            "CALL_MAX",
            "CONTINUE_REST",
            "CONTINUE_MAX",
            "THRU",
            "PANIC",
            "ANSWER",
            "AGAIN",
            "FORGET",
            "GRID",
            "ENTER",
            "BEATS_PER_BAR",
            "TAP",
            "TRADE_BARS",
            "SWING",
            "DIVISION",
            "TAP_NOTE",
            "TAP_CONTROLLER",
            "SEND_CLOCK",
            "TIME_TEMPERATURE",
            "CANDIDATES",
            "VETO",
            "PERIOD",
            "SCALE",
            "KEY_LOCK",
            "KEY_BIAS",
            "LOWEST",
            "HIGHEST",
            "MAX_NOTE",
            "BOLDNESS",
            "HARMONY_PLACE",
            "HARMONY_LEVEL",
            "HARMONY_VOICES",
            "SPLIT",
            "LEVEL",
            "PART2_MODE",
            "PART2_CHANNEL",
            "PART2_REGISTER",
            "PART2_LEVEL",
            "PART3_MODE",
            "PART3_CHANNEL",
            "PART3_REGISTER",
            "PART3_LEVEL",
            "PART4_MODE",
            "PART4_CHANNEL",
            "PART4_REGISTER",
            "PART4_LEVEL",
            "OFFSET",
            "IN_CHANNEL",
            "HEAR_DRUMS",
            "CALIBRATE",
            "CLICK",
            "SLIP");

    @Test
    void shouldKeepTheNumbersThatJournalsCarry() {
        assertThat(List.of(Control.values()).stream().map(Control::name)).containsExactlyElementsOf(IN_ORDER);
    }

    @Test
    void shouldKeepTheNumbersOfItsValues() {
        assertThat(List.of(SendClock.values()).stream().map(SendClock::name)).containsExactly("OFF", "OWN", "PASS");
        assertThat(List.of(Division.values()).stream().map(Division::name))
                .containsExactly("AUTO", "EIGHTHS", "TRIPLETS", "SIXTEENTHS");
        assertThat(List.of(Memory.values()).stream().map(Memory::name)).containsExactly("OFF", "SESSION", "KEPT");
        assertThat(List.of(HarmonyPlace.values()).stream().map(HarmonyPlace::name))
                .containsExactly("BELOW", "ABOVE", "EITHER");
        assertThat(List.of(Mode.values()).stream().map(Mode::name))
                .containsExactly("CALL", "CONTINUE", "HARMONY", "LISTEN", "TRADE", "DUET", "FOLLOW");
    }

    @Test
    void shouldFindEachByItsNumber() {
        for (Control control : Control.values()) {
            assertThat(Control.of(control.number())).isSameAs(control);
        }
        assertThat(Enter.of(Enter.BEAT.number())).isEqualTo(Enter.BEAT);
        assertThat(Enter.of(Enter.BAR.number())).isEqualTo(Enter.BAR);
        for (HarmonyPlace place : HarmonyPlace.values()) {
            assertThat(HarmonyPlace.of(place.number())).isSameAs(place);
        }
        for (Division division : Division.values()) {
            assertThat(Division.of(division.number())).isSameAs(division);
        }
        for (Memory memory : Memory.values()) {
            assertThat(Memory.of(memory.number())).isSameAs(memory);
        }
        for (Mode mode : Mode.values()) {
            assertThat(Mode.of(mode.number())).isSameAs(mode);
        }
    }

    @Test
    void shouldSayWhatItsValueIs() {
        EnumSet<Control> decimals = EnumSet.noneOf(Control.class);
        EnumSet<Control> actions = EnumSet.noneOf(Control.class);
        for (Control control : Control.values()) {
            if (control.isDecimal()) {
                decimals.add(control);
            }
            if (control.isAction()) {
                actions.add(control);
            }
        }
        assertThat(decimals)
                .containsExactly(
                        Control.TEMPERATURE,
                        Control.TOP_P,
                        Control.MIN_P,
                        Control.DENSITY,
                        Control.CALL_LENGTH,
                        Control.TIME_TEMPERATURE,
                        Control.KEY_BIAS);
        assertThat(actions)
                .containsExactly(
                        Control.PANIC,
                        Control.ANSWER,
                        Control.AGAIN,
                        Control.FORGET,
                        Control.TAP,
                        Control.VETO,
                        Control.CLICK,
                        Control.SLIP);
    }

    @Property
    void shouldCarryADecimalUnchanged(@ForAll double value) {
        assertThat(Control.unpack(Control.pack(value))).isEqualTo(value);
    }
}
