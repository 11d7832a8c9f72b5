package antiphon.app;

import antiphon.config.ConfigReader.Reading;
import antiphon.config.Setting;
import antiphon.config.SettingTable;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code antiphon config show} prints: a table for people, JSON for programs. */
final class ConfigTable {
    private static final String ROW = "%-28s  %-30s  %-4s  %s";

    private ConfigTable() {}

    static List<String> lines(Reading reading) {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("setting", "value", "live", "from"));
        for (Setting<?> setting : SettingTable.ALL) {
            lines.add(ROW.formatted(
                    setting.id(), value(setting, reading), setting.live() ? "yes" : "no", reading.origin(setting)));
        }
        lines.add("live: can change while playing.");
        return lines;
    }

    private static <T> String value(Setting<T> setting, Reading reading) {
        String value = setting.type().toToml(reading.config().value(setting));
        return setting.unit().isEmpty() ? value : value + " " + setting.unit();
    }

    static String json(Reading reading) {
        List<Map<String, Object>> settings = new ArrayList<>();
        SettingTable.ALL.forEach(setting -> settings.add(map(setting, reading)));
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(Map.of("settings", settings));
        } catch (IOException failure) {
            throw new UserException("config: cannot be written as JSON (" + failure.getMessage() + ").");
        }
    }

    private static <T> Map<String, Object> map(Setting<T> setting, Reading reading) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", setting.id());
        map.put("value", plain(setting, reading.config().value(setting)));
        map.put("unit", setting.unit());
        map.put("default", plain(setting, setting.standard()));
        map.put("allowed", setting.allowed());
        map.put("live", setting.live());
        map.put("from", reading.origin(setting));
        map.put("help", setting.help());
        return map;
    }

    /** A value in a type that JSON has. */
    private static <T> Object plain(Setting<T> setting, T value) {
        return value instanceof Enum ? setting.format(value) : value;
    }
}
