package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnobTest {
    @Property
    void shouldGiveAnAllowedValueAtEveryPositionOfEverySettingThatCanChange(
            @ForAll @IntRange(max = Knob.MAX) int position) {
        LiveSettings.all().forEach(setting -> assertThat(Knob.text(setting, position))
                .as(setting.id())
                .hasValueSatisfying(text -> assertThat(setting.parse(text)).isNotNull()));
    }

    @ParameterizedTest
    @CsvSource({
        "play.boldness, 0, 0, 100",
        "play.register, 0, -24, 24",
        "play.density, 64, 1.01, 4",
        "play.density, 0, 0.25, 4",
        "play.top-p, 0, 0.01, 1",
        "play.min-p, 0, 0, 0.99",
        "play.mute, 63, false, true",
        "play.mute, 64, true, true",
        "play.mode, 0, call, follow",
        "part2.mode, 0, off, follow",
        "play.memory, 0, off, kept",
        "play.scale, 0, auto, B minor",
        "play.max-note-ms, 0, auto, 60000",
        "play.max-note-ms, 1, 60, 60000",
        "play.tap-cc, 0, off, 119",
        "play.call.rest-ms, 0, 200, 5000",
        "midi.out.channel, 0, 1, 16",
        "play.seed, 5, 5, 127",
    })
    void shouldMeanTheEndsOfTheRangeAtItsEnds(String id, int position, String value, String last) {
        Setting<?> setting = SettingTable.byId(id).orElseThrow();
        assertThat(Knob.text(setting, position)).contains(value);
        assertThat(Knob.text(setting, Knob.MAX)).contains(last);
    }

    @Test
    void shouldReachEveryChoiceEveryChannelAndEveryVoice() {
        assertReached(PlaySetting.MODE, 7);
        assertReached(PlaySetting.DIVISION, 4);
        assertReached(MidiSetting.CHANNEL, 16);
        assertReached(PlaySetting.MAX_POLYPHONY, 16);
        assertReached(PlaySetting.SCALE, 25);
    }

    private static void assertReached(Setting<?> setting, int count) {
        Set<String> values = new HashSet<>();
        for (int position = 0; position <= Knob.MAX; position++) {
            values.add(Knob.text(setting, position).orElse(""));
        }
        assertThat(values).as(setting.id()).hasSize(count);
    }

    @Test
    void shouldMeanNothingForTheFileOfANetwork() {
        assertThat(Knob.text(PlaySetting.MODEL_FILE, 64)).isEmpty();
        assertThat(ControllerMap.canMove(PlaySetting.MODEL_FILE)).isFalse();
        assertThat(ControllerMap.canMove(RunSetting.PAGE_OPEN)).isFalse();
    }
}
