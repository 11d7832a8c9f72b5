package antiphon.config;

import static org.assertj.core.api.Assertions.assertThat;

import antiphon.improv.Control;
import antiphon.improv.Mode;
import antiphon.music.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LiveSettingsTest {
    /** A setting with one of its values as people may type it. */
    private record Typed(Setting<?> setting, String text) {
        long packed() {
            return LiveSettings.pack(setting, setting.parse(text));
        }
    }

    @Example
    void shouldCarryEverySettingThatCanChangeButTheNetworkAndNoOther() {
        List<Setting<?>> live = new ArrayList<>();
        Set<Control> controls = new TreeSet<>();
        for (Setting<?> setting : SettingTable.ALL) {
            LiveSettings.control(setting).ifPresent(control -> {
                live.add(setting);
                assertThat(controls.add(control)).as(setting.id() + " alone").isTrue();
            });
        }
        assertThat(live)
                .isEqualTo(SettingTable.ALL.stream()
                        .filter(Setting::live)
                        .filter(setting -> !setting.equals(PlaySetting.MODEL_FILE))
                        .toList());
        assertThat(LiveSettings.all()).containsExactlyElementsOf(live);
        assertThat(controls)
                .as("all that people may set")
                .containsExactlyElementsOf(Stream.of(Control.values())
                        .filter(control ->
                                !control.isAction() && control != Control.PERIOD && control != Control.CALIBRATE)
                        .toList());
    }

    @Provide
    Arbitrary<Typed> typed() {
        List<Setting<?>> settings = new ArrayList<>();
        LiveSettings.all().forEach(settings::add);
        return Arbitraries.of(settings).flatMap(setting -> texts(setting).map(text -> new Typed(setting, text)));
    }

    private static Arbitrary<String> texts(Setting<?> setting) {
        return switch (setting.type()) {
            case SettingType.Whole whole ->
                Arbitraries.longs().between(whole.min(), whole.max()).map(String::valueOf);
            case SettingType.Decimal decimal ->
                Arbitraries.doubles()
                        .between(decimal.min(), decimal.minAllowed(), decimal.max(), decimal.maxAllowed())
                        .ofScale(12)
                        .map(String::valueOf);
            case SettingType.Switch ignored -> Arbitraries.of("true", "false");
            case SettingType.WholeOr number ->
                Arbitraries.oneOf(
                        Arbitraries.just(number.word()),
                        Arbitraries.longs().between(number.min(), number.max()).map(String::valueOf));
            case SettingType.Choice<?> choice ->
                Arbitraries.of(choice.type().getEnumConstants())
                        .map(each -> each.name().toLowerCase(Locale.ROOT));
            case MemoryType ignored -> Arbitraries.of("off", "session", "kept", "true", "false");
            case PartModeType ignored -> Arbitraries.of("off", "call", "harmony", "duet");
            case ScaleType ignored ->
                Arbitraries.integers()
                        .between(0, Scale.Kind.values().length * 12 - 1)
                        .map(number -> Scale.of(number).text());
            default -> throw new IllegalStateException(setting.id());
        };
    }

    @Property(tries = 1_000)
    void shouldSayAValueAsItWouldBeTyped(@ForAll("typed") Typed typed) {
        String said = LiveSettings.text(typed.setting(), typed.packed());
        assertThat(new Typed(typed.setting(), said).packed())
                .as("%s = %s, said to be %s", typed.setting().id(), typed.text(), said)
                .isEqualTo(typed.packed());
    }

    @Example
    void shouldPackAsTheControlSays() {
        assertThat(packed(MidiSetting.CHANNEL, "16")).isEqualTo(15);
        assertThat(packed(PlaySetting.MODE, "harmony")).isEqualTo(Mode.HARMONY.number());
        assertThat(packed(PlaySetting.CALL_REST, "700")).isEqualTo(700_000_000L);
        assertThat(packed(PlaySetting.CALL_MAX_ANSWER, "1.5")).isEqualTo(1_500_000_000L);
        assertThat(packed(PlaySetting.CONTINUE_MAX, "0")).isEqualTo(Long.MAX_VALUE);
        assertThat(packed(PlaySetting.MUTE, "true")).isEqualTo(1);
        assertThat(Control.unpack(packed(PlaySetting.TOP_P, "0.9"))).isEqualTo(0.9);
    }

    /** The shortest limit there is must not be taken for none. */
    @Example
    void shouldNotTakeALimitNearNoneForNone() {
        assertThat(packed(PlaySetting.CONTINUE_MAX, "1e-12")).isPositive().isNotEqualTo(Long.MAX_VALUE);
        assertThat(LiveSettings.text(PlaySetting.CONTINUE_MAX, packed(PlaySetting.CONTINUE_MAX, "1e-12")))
                .isNotEqualTo("0")
                .isNotEqualTo("0.0");
    }

    @Example
    void shouldSayValuesAsTheSettingsDo() {
        for (Setting<?> setting : LiveSettings.all()) {
            assertThat(said(setting)).as(setting.id()).isEqualTo(standard(setting));
        }
    }

    private static <T> String said(Setting<T> setting) {
        return LiveSettings.text(setting, LiveSettings.pack(setting, setting.standard()));
    }

    private static <T> String standard(Setting<T> setting) {
        return setting.format(setting.standard());
    }

    private static <T> long packed(Setting<T> setting, String text) {
        return LiveSettings.pack(setting, setting.parse(text));
    }
}
