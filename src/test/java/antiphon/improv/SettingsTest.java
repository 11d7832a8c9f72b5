package antiphon.improv;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final long MILLI = 1_000_000L;

    @Property
    void shouldLeaveTimeToDecideBeforeAMessageMustBeHandedOver(
            @ForAll Mode mode,
            @ForAll @LongRange(max = 50_000_000) long lead,
            @ForAll @LongRange(max = 50_000_000) long immediate,
            @ForAll @LongRange(max = 50_000_000) long thru) {
        Settings standard = Settings.standard(mode);
        Settings timed = standard.withTiming(lead, immediate, thru);
        assertThat(timed.leadNanos()).isEqualTo(lead);
        assertThat(timed.immediateNanos()).isEqualTo(immediate);
        assertThat(timed.thruNanos()).isEqualTo(thru);
        assertThat(timed.commitNanos()).isEqualTo(Math.max(10 * MILLI, lead + 3 * MILLI));
        Settings back = new Settings(
                timed.mode(),
                timed.temperature(),
                timed.topP(),
                timed.minP(),
                timed.call(),
                timed.continuing(),
                timed.density(),
                timed.registerSemitones(),
                timed.beat(),
                timed.maxPolyphony(),
                standard.commitNanos(),
                0,
                0,
                0,
                0,
                timed.channel(),
                timed.memory(),
                timed.mute(),
                timed.ignoresDrums(),
                timed.inChannel(),
                timed.candidates(),
                timed.steer(),
                timed.together(),
                timed.band());
        assertThat(back).as("nothing else").isEqualTo(standard);
    }

    /** All due times are when a message is heard: for a slow synthesiser everything is done so much earlier. */
    @Test
    void shouldDecideAndHandOverEarlierForASlowSynthesiser() {
        Settings prompt = Settings.standard(Mode.CALL).withTiming(4 * MILLI, 6 * MILLI, 3 * MILLI);
        Settings slow = prompt.withOffset(50 * MILLI);
        assertThat(slow.offsetNanos()).isEqualTo(50 * MILLI);
        assertThat(slow.commitNanos()).isEqualTo(prompt.commitNanos() + 50 * MILLI);
        assertThat(slow.leadNanos()).isEqualTo(54 * MILLI);
        assertThat(slow.immediateNanos()).isEqualTo(56 * MILLI);
        assertThat(slow.thruNanos()).isEqualTo(3 * MILLI);
        assertThat(prompt.withOffset(0)).isEqualTo(prompt);
    }

    @Test
    void shouldGiveTheRestOfTheModeThatIsSet() {
        assertThat(Settings.standard(Mode.CALL).restNanos()).isEqualTo(700 * MILLI);
        assertThat(Settings.standard(Mode.TRADE).restNanos()).isEqualTo(700 * MILLI);
        assertThat(Settings.standard(Mode.CONTINUE).restNanos()).isEqualTo(350 * MILLI);
    }
}
