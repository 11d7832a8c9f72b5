package antiphon.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A partner by name: some settings that can change while playing, and a line that says what they make of it. Immutable;
 * {@link Presets} reads them.
 *
 * @param name that people choose it by: the file's, without {@code .toml}
 * @param file where it was read
 * @param description one line, for people
 * @param values in the order of the settings' table; each has a control (see {@link LiveSettings#control}) and is allowed
 */
public record Preset(String name, Path file, String description, Map<Setting<?>, Object> values) {
    public Preset {
        Map<Setting<?>, Object> sorted = new LinkedHashMap<>();
        for (Setting<?> setting : SettingTable.ALL) {
            Object value = values.get(setting);
            if (value != null) {
                sorted.put(setting, value);
            }
        }
        values = Collections.unmodifiableMap(sorted);
    }

    /** Its values as people type them, by the settings' ids. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((setting, value) -> texts.put(setting.id(), text(setting, value)));
        return texts;
    }

    @SuppressWarnings("unchecked") // The reader took it as a value of this setting.
    private static <T> String text(Setting<T> setting, Object value) {
        return setting.format((T) value);
    }
}
