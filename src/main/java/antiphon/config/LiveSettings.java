package antiphon.config;

import antiphon.improv.Control;
import antiphon.improv.Division;
import antiphon.improv.Enter;
import antiphon.improv.Mode;
import antiphon.improv.SendClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How the settings that can change while playing are sent to the engine: which {@link Control} carries each, and how
 * its value becomes a number. {@link Setting#MODEL_FILE} has no control, because a network must be loaded first.
 */
public final class LiveSettings {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String MILLIS = "ms";
    private static final String SECONDS = "s";

    /** In the order of the table. */
    private static final Map<Setting<?>, Control> CONTROLS = new LinkedHashMap<>();

    static {
        CONTROLS.put(Setting.THRU, Control.THRU);
        CONTROLS.put(Setting.CHANNEL, Control.CHANNEL);
        CONTROLS.put(Setting.SEND_CLOCK, Control.SEND_CLOCK);
        CONTROLS.put(Setting.MODE, Control.MODE);
        CONTROLS.put(Setting.TEMPERATURE, Control.TEMPERATURE);
        CONTROLS.put(Setting.TIME_TEMPERATURE, Control.TIME_TEMPERATURE);
        CONTROLS.put(Setting.TOP_P, Control.TOP_P);
        CONTROLS.put(Setting.MIN_P, Control.MIN_P);
        CONTROLS.put(Setting.SEED, Control.SEED);
        CONTROLS.put(Setting.MAX_POLYPHONY, Control.MAX_POLYPHONY);
        CONTROLS.put(Setting.DENSITY, Control.DENSITY);
        CONTROLS.put(Setting.REGISTER, Control.REGISTER);
        CONTROLS.put(Setting.GRID, Control.GRID);
        CONTROLS.put(Setting.ENTER, Control.ENTER);
        CONTROLS.put(Setting.BEATS_PER_BAR, Control.BEATS_PER_BAR);
        CONTROLS.put(Setting.TRADE_BARS, Control.TRADE_BARS);
        CONTROLS.put(Setting.SWING, Control.SWING);
        CONTROLS.put(Setting.DIVISION, Control.DIVISION);
        CONTROLS.put(Setting.TAP_NOTE, Control.TAP_NOTE);
        CONTROLS.put(Setting.TAP_CC, Control.TAP_CONTROLLER);
        CONTROLS.put(Setting.MUTE, Control.MUTE);
        CONTROLS.put(Setting.MEMORY, Control.MEMORY);
        CONTROLS.put(Setting.CANDIDATES, Control.CANDIDATES);
        CONTROLS.put(Setting.CALL_REST, Control.CALL_REST);
        CONTROLS.put(Setting.CALL_MAX_ANSWER, Control.CALL_MAX);
        CONTROLS.put(Setting.CALL_LENGTH, Control.CALL_LENGTH);
        CONTROLS.put(Setting.CONTINUE_REST, Control.CONTINUE_REST);
        CONTROLS.put(Setting.CONTINUE_MAX, Control.CONTINUE_MAX);
    }

    private LiveSettings() {}

    /** The control that carries a setting's changes; empty if none does. */
    public static Optional<Control> control(Setting<?> setting) {
        return Optional.ofNullable(CONTROLS.get(setting));
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
        if (setting.equals(Setting.CHANNEL)) {
            return (Long) value - 1;
        }
        return switch (value) {
            case Double decimal -> Control.pack(decimal);
            case Boolean on -> on ? 1 : 0;
            case Mode mode -> mode.number();
            case Enter enter -> enter.number();
            case Division division -> division.number();
            case SendClock clock -> clock.number();
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
        if (setting.equals(Setting.CHANNEL)) {
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
        return standard instanceof Mode ? (T) Mode.of((int) packed) : (T) (Long) packed;
    }
}
