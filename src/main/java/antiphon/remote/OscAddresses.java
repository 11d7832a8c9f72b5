package antiphon.remote;

import antiphon.config.LiveSettings;
import antiphon.config.Setting;
import antiphon.config.SettingType;
import antiphon.config.SettingType.Decimal;
import antiphon.config.SettingType.Switch;
import antiphon.config.SettingType.Whole;
import antiphon.config.SettingType.WholeOr;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The addresses that are made from the settings' table, and what arguments mean there. Immutable. */
final class OscAddresses {
    static final String ROOT = "/antiphon/";

    private final Map<String, Setting<?>> settings = new HashMap<>();

    OscAddresses() {
        LiveSettings.all().forEach(setting -> settings.put(of(setting), setting));
    }

    /** {@code /antiphon/play/call/length} for {@code play.call.length}. */
    static String of(Setting<?> setting) {
        return ROOT + setting.id().replace('.', '/');
    }

    /** The setting at this address; empty if there is none. */
    Optional<Setting<?>> setting(String address) {
        return Optional.ofNullable(settings.get(address));
    }

    /** An argument as people type it: a number for a whole one is rounded, and 1 and 0 switch. */
    static String text(Setting<?> setting, Object argument) {
        SettingType<?> type = setting.type();
        if (argument instanceof Boolean on) {
            return String.valueOf(on);
        }
        if (!(argument instanceof Number number)) {
            return argument.toString();
        }
        double value = number.doubleValue();
        if (type instanceof Switch) {
            return String.valueOf(value != 0);
        }
        if (type instanceof Decimal decimal) {
            // What is a float there is 0.8000000119 here.
            return argument instanceof Float ? argument.toString() : decimal.toText(value);
        }
        if (type instanceof Whole || type instanceof WholeOr) {
            return argument instanceof Integer || argument instanceof Long
                    ? argument.toString()
                    : Double.isFinite(value)
                            ? String.format(Locale.ROOT, "%d", Math.round(value))
                            : argument.toString();
        }
        return argument.toString();
    }

    /** A setting's value as an argument: a number where it is one that an int or a float holds, else text. */
    static Object argument(Setting<?> setting, String text) {
        SettingType<?> type = setting.type();
        if (type instanceof Switch) {
            return text.equals("true") ? 1 : 0;
        }
        try {
            return type instanceof Decimal
                    ? (Object) Float.valueOf(text)
                    : type instanceof Whole || type instanceof WholeOr ? (Object) Integer.valueOf(text) : text;
        } catch (NumberFormatException wordOrTooLarge) {
            return text;
        }
    }

    /** True if a button says that it was pressed, and not that it was let go. */
    static boolean isPressed(List<Object> arguments) {
        if (arguments.isEmpty()) {
            return true;
        }
        Object first = arguments.getFirst();
        return first instanceof Number number ? number.doubleValue() != 0 : !first.equals(false);
    }
}
