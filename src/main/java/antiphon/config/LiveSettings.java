package antiphon.config;

import antiphon.improv.Control;
import antiphon.improv.Division;
import antiphon.improv.Enter;
import antiphon.improv.HarmonyPlace;
import antiphon.improv.Memory;
import antiphon.improv.Mode;
import antiphon.improv.SendClock;
import antiphon.music.Scale;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the settings that can change while playing are sent to the engine: which {@link Control} carries each, and how
 * its value becomes a number. {@link PlaySetting#MODEL_FILE} has no control, because a network must be loaded first.
 */
public final class LiveSettings {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String MILLIS = "ms";
    private static final String SECONDS = "s";

    /** In the order of the table. */
    private static final Map<Setting<?>, Control> CONTROLS = new LinkedHashMap<>();

    static {
        CONTROLS.put(MidiSetting.IN_CHANNEL, Control.IN_CHANNEL);
        CONTROLS.put(MidiSetting.HEAR_DRUMS, Control.HEAR_DRUMS);
        CONTROLS.put(MidiSetting.THRU, Control.THRU);
        CONTROLS.put(MidiSetting.OUT_OFFSET, Control.OFFSET);
        CONTROLS.put(MidiSetting.CHANNEL, Control.CHANNEL);
        CONTROLS.put(MidiSetting.SEND_CLOCK, Control.SEND_CLOCK);
        CONTROLS.put(PlaySetting.MODE, Control.MODE);
        CONTROLS.put(PlaySetting.TEMPERATURE, Control.TEMPERATURE);
        CONTROLS.put(PlaySetting.TIME_TEMPERATURE, Control.TIME_TEMPERATURE);
        CONTROLS.put(PlaySetting.BOLDNESS, Control.BOLDNESS);
        CONTROLS.put(PlaySetting.TOP_P, Control.TOP_P);
        CONTROLS.put(PlaySetting.MIN_P, Control.MIN_P);
        CONTROLS.put(PlaySetting.SEED, Control.SEED);
        CONTROLS.put(PlaySetting.MAX_POLYPHONY, Control.MAX_POLYPHONY);
        CONTROLS.put(PlaySetting.MAX_NOTE, Control.MAX_NOTE);
        CONTROLS.put(PlaySetting.DENSITY, Control.DENSITY);
        CONTROLS.put(PlaySetting.REGISTER, Control.REGISTER);
        CONTROLS.put(PlaySetting.LEVEL, Control.LEVEL);
        CONTROLS.put(PlaySetting.SCALE, Control.SCALE);
        CONTROLS.put(PlaySetting.KEY_LOCK, Control.KEY_LOCK);
        CONTROLS.put(PlaySetting.KEY_BIAS, Control.KEY_BIAS);
        CONTROLS.put(PlaySetting.LOWEST, Control.LOWEST);
        CONTROLS.put(PlaySetting.HIGHEST, Control.HIGHEST);
        CONTROLS.put(PlaySetting.HARMONY_PLACE, Control.HARMONY_PLACE);
        CONTROLS.put(PlaySetting.HARMONY_LEVEL, Control.HARMONY_LEVEL);
        CONTROLS.put(PlaySetting.HARMONY_VOICES, Control.HARMONY_VOICES);
        CONTROLS.put(PlaySetting.SPLIT, Control.SPLIT);
        CONTROLS.put(PlaySetting.GRID, Control.GRID);
        CONTROLS.put(PlaySetting.ENTER, Control.ENTER);
        CONTROLS.put(PlaySetting.BEATS_PER_BAR, Control.BEATS_PER_BAR);
        CONTROLS.put(PlaySetting.TRADE_BARS, Control.TRADE_BARS);
        CONTROLS.put(PlaySetting.SWING, Control.SWING);
        CONTROLS.put(PlaySetting.DIVISION, Control.DIVISION);
        CONTROLS.put(PlaySetting.TAP_NOTE, Control.TAP_NOTE);
        CONTROLS.put(PlaySetting.TAP_CC, Control.TAP_CONTROLLER);
        CONTROLS.put(PlaySetting.MUTE, Control.MUTE);
        CONTROLS.put(PlaySetting.MEMORY, Control.MEMORY);
        CONTROLS.put(PlaySetting.CANDIDATES, Control.CANDIDATES);
        CONTROLS.put(PlaySetting.CALL_REST, Control.CALL_REST);
        CONTROLS.put(PlaySetting.CALL_MAX_ANSWER, Control.CALL_MAX);
        CONTROLS.put(PlaySetting.CALL_LENGTH, Control.CALL_LENGTH);
        CONTROLS.put(PlaySetting.CONTINUE_REST, Control.CONTINUE_REST);
        CONTROLS.put(PlaySetting.CONTINUE_MAX, Control.CONTINUE_MAX);
        put(
                PartSetting.PARTS.get(0),
                Control.PART2_MODE,
                Control.PART2_CHANNEL,
                Control.PART2_REGISTER,
                Control.PART2_LEVEL);
        put(
                PartSetting.PARTS.get(1),
                Control.PART3_MODE,
                Control.PART3_CHANNEL,
                Control.PART3_REGISTER,
                Control.PART3_LEVEL);
        put(
                PartSetting.PARTS.get(2),
                Control.PART4_MODE,
                Control.PART4_CHANNEL,
                Control.PART4_REGISTER,
                Control.PART4_LEVEL);
    }

    private static void put(PartSetting.Of part, Control mode, Control channel, Control register, Control level) {
        CONTROLS.put(part.mode(), mode);
        CONTROLS.put(part.channel(), channel);
        CONTROLS.put(part.register(), register);
        CONTROLS.put(part.level(), level);
    }

    private static boolean isChannel(Setting<?> setting) {
        Control control = CONTROLS.get(setting);
        return control != null && control.ofPart() == Control.CHANNEL;
    }

    private static final Map<Control, Setting<?>> SETTINGS = new EnumMap<>(Control.class);

    static {
        CONTROLS.forEach((setting, control) -> SETTINGS.put(control, setting));
    }

    private LiveSettings() {}

    /** The control that carries a setting's changes; empty if none does. */
    public static Optional<Control> control(Setting<?> setting) {
        return Optional.ofNullable(CONTROLS.get(setting));
    }

    /** The setting whose changes a control carries; empty if it carries none. */
    public static Optional<Setting<?>> setting(Control control) {
        return Optional.ofNullable(SETTINGS.get(control));
    }

    /** The settings that a control carries. */
    public static Iterable<Setting<?>> all() {
        return CONTROLS.keySet();
    }

    /**
     * A setting's value as its control carries it.
     *
     * @param value of the setting's type, and allowed
     */
    public static long pack(Setting<?> setting, Object value) {
        if (setting.unit().equals(MILLIS)) {
            return TimeUnit.MILLISECONDS.toNanos((Long) value);
        }
        if (setting.unit().equals(SECONDS)) {
            double seconds = (Double) value;
            // However short a limit is, it is one.
            return seconds == 0 ? Long.MAX_VALUE : Math.max(1, Math.round(seconds * NANOS_PER_SECOND));
        }
        if (isChannel(setting)) {
            return (Long) value - 1;
        }
        return switch (value) {
            case Double decimal -> Control.pack(decimal);
            case Boolean on -> on ? 1 : 0;
            case Mode mode -> mode.number();
            case Enter enter -> enter.number();
            case Division division -> division.number();
            case SendClock clock -> clock.number();
            case Memory memory -> memory.number();
            case Scale scale -> scale.number();
            case HarmonyPlace place -> place.number();
            default -> (Long) value;
        };
    }

    /** The value, as people type it, that a setting's control carries. */
    public static <T> String text(Setting<T> setting, long packed) {
        return setting.format(unpack(setting, packed));
    }

    @SuppressWarnings("unchecked") // Each is of the kind of the standard value.
    private static <T> T unpack(Setting<T> setting, long packed) {
        if (setting.unit().equals(MILLIS)) {
            return (T) (Long) TimeUnit.NANOSECONDS.toMillis(packed);
        }
        if (setting.unit().equals(SECONDS)) {
            return (T) (Double) (packed == Long.MAX_VALUE ? 0 : packed / NANOS_PER_SECOND);
        }
        if (isChannel(setting)) {
            return (T) (Long) (packed + 1);
        }
        T standard = setting.standard();
        if (standard instanceof Double) {
            return (T) (Double) Control.unpack(packed);
        }
        if (standard instanceof Boolean) {
            return (T) (Boolean) (packed != 0);
        }
        if (standard instanceof Enter) {
            return (T) Enter.of((int) packed);
        }
        if (standard instanceof Division) {
            return (T) Division.of((int) packed);
        }
        if (standard instanceof SendClock) {
            return (T) SendClock.of((int) packed);
        }
        if (standard instanceof Memory) {
            return (T) Memory.of((int) packed);
        }
        if (standard instanceof HarmonyPlace) {
            return (T) HarmonyPlace.of((int) packed);
        }
        if (standard instanceof Scale) {
            return (T) Scale.of((int) packed);
        }
        return standard instanceof Mode ? (T) Mode.of((int) packed) : (T) (Long) packed;
    }
}
