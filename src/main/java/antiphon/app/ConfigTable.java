package antiphon.app;

import antiphon.config.ConfigReader.Reading;
import antiphon.config.RunSetting;
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

    private final Reading reading;
    private final boolean secrets;

    /** @param secrets the page's token is shown: a table is copied into reports, and seen by whoever stands behind */
    ConfigTable(Reading reading, boolean secrets) {
        this.reading = reading;
        this.secrets = secrets;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("setting", "value", "live", "from"));
        for (Setting<?> setting : SettingTable.ALL) {
            lines.add(ROW.formatted(
                    setting.id(), value(setting), setting.live() ? "yes" : "no", reading.origin(setting)));
        }
        lines.add("live: can change while playing.");
        return lines;
    }

    private boolean hides(Setting<?> setting) {
        return setting.id().equals(RunSetting.PAGE_TOKEN.id()) && !secrets;
    }

    /** Whether there is one, where the value itself is hidden. */
    private String whether() {
        return reading.config().value(RunSetting.PAGE_TOKEN).isEmpty() ? "not set" : "set";
    }

    private <T> String value(Setting<T> setting) {
        if (hides(setting)) {
            return whether();
        }
        String value = setting.type().toToml(reading.config().value(setting));
        return setting.unit().isEmpty() ? value : value + " " + setting.unit();
    }

    String json() {
        List<Map<String, Object>> settings = new ArrayList<>();
        SettingTable.ALL.forEach(setting -> settings.add(map(setting)));
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(Map.of("settings", settings));
        } catch (IOException failure) {
            throw new UserException("config: cannot be written as JSON (" + failure.getMessage() + ").");
        }
    }

    private <T> Map<String, Object> map(Setting<T> setting) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", setting.id());
        map.put(
                "value",
                hides(setting) ? whether() : plain(setting, reading.config().value(setting)));
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
