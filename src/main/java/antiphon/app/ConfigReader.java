package antiphon.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Gathers the values of the settings from file, environment and flags, and every mistake on the way. Later sources
 * override earlier ones; a mistake counts even where it is overridden, since it would bite another day.
 */
final class ConfigReader {
    /** Belong to the launcher, not to the settings. */
    private static final Set<String> LAUNCHER_VARIABLES = Set.of("ANTIPHON_JAVA_HOME", "ANTIPHON_JAVA_OPTS");

    private static final int LONGEST_SHOWN = 60;

    private final Map<String, Setting<?>> byKey = new TreeMap<>();
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    ConfigReader() {
        for (Setting<?> setting : Setting.ALL) {
            byKey.put(setting.key(), setting);
        }
    }

    void readFile(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException broken) {
            mistakes.add(file + ": not UTF-8 text; allowed: a TOML file in UTF-8.");
            return;
        } catch (IOException unreadable) {
            String found = Files.exists(file) ? "cannot be read" : "no such file";
            mistakes.add(
                    file + ": " + found + "; allowed: a TOML file. Every key is explained in config/antiphon.toml.");
            return;
        }
        TomlParseResult parsed = Toml.parse(text);
        for (TomlParseError error : parsed.errors()) {
            mistakes.add(file + ":" + error.position().line() + ": " + firstLine(error.getMessage())
                    + "; allowed: TOML 1.0.");
        }
        if (!parsed.hasErrors()) {
            readTable(file, parsed, List.of());
        }
    }

    void readEnvironment(Map<String, String> environment) {
        Map<String, Setting<?>> byVariable = new TreeMap<>();
        byKey.values().forEach(setting -> byVariable.put(setting.variable(), setting));
        new TreeMap<>(environment).forEach((variable, text) -> {
            Setting<?> setting = byVariable.get(variable);
            if (setting != null) {
                takeText("environment " + variable, setting, text);
            } else if (variable.startsWith("ANTIPHON_") && !LAUNCHER_VARIABLES.contains(variable)) {
                unknown("environment", variable, byVariable.keySet());
            }
        });
    }

    /** @param flags by the key of the setting that each flag sets */
    void readFlags(Map<String, String> flags) {
        new TreeMap<>(flags).forEach((key, text) -> {
            Setting<?> setting = byKey.get(key);
            if (setting == null) {
                unknown("command line", key, byKey.keySet());
            } else {
                takeText("command line", setting, text);
            }
        });
    }

    /** @throws ConfigException if any source had a mistake */
    void finish() {
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
    }

    /** What the last source that named the setting said, else its standard value. */
    @SuppressWarnings("unchecked") // `take` is the only writer and holds key and value to one T
    <T> T get(Setting<T> setting) {
        return (T) values.getOrDefault(setting, setting.standard());
    }

    private void readTable(Path file, TomlTable table, List<String> parents) {
        for (String name : table.keySet()) {
            List<String> path = new ArrayList<>(parents);
            path.add(name);
            String key = String.join(".", path);
            Object value = Objects.requireNonNull(table.get(List.of(name)));
            String where = file + lineOf(table, name);
            Setting<?> setting = byKey.get(key);
            if (setting != null) {
                takeToml(where, setting, value);
            } else if (value instanceof TomlTable section && (isSection(key) || !section.isEmpty())) {
                readTable(file, section, path);
            } else if (!isSection(key)) {
                unknown(where, key, byKey.keySet());
            } else {
                mistakes.add(where + ": " + key + " = " + shown(value) + "; allowed: a section, [" + key + "].");
            }
        }
    }

    private boolean isSection(String key) {
        return byKey.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
    }

    private static String lineOf(TomlTable table, String name) {
        TomlPosition position = table.inputPositionOf(List.of(name));
        return position == null ? "" : ":" + position.line();
    }

    private <T> void takeToml(String where, Setting<T> setting, Object value) {
        take(where, setting, setting.type().fromToml(value), shown(value));
    }

    private <T> void takeText(String where, Setting<T> setting, String text) {
        take(where, setting, setting.type().fromText(text), text);
    }

    private <T> void take(String where, Setting<T> setting, @Nullable T value, String found) {
        SettingType<T> type = setting.type();
        if (value != null && type.allows(value)) {
            values.put(setting, value);
            return;
        }
        String allowed = (value == null ? type.what() : "") + type.allowed();
        mistakes.add(where + ": " + setting.key() + " = " + shortened(found) + "; allowed: " + allowed + ".");
    }

    private void unknown(String where, String key, Set<String> known) {
        String nearest = Nearest.to(key, known);
        String advice =
                nearest == null ? "every key is explained in config/antiphon.toml." : "did you mean " + nearest + "?";
        mistakes.add(where + ": " + key + ": no such setting; " + advice);
    }

    private static String shown(Object value) {
        if (value instanceof TomlArray array) {
            List<String> elements = new ArrayList<>();
            for (Object element : array.toList()) {
                elements.add(shown(element));
            }
            return elements.toString();
        }
        if (value instanceof TomlTable) {
            return "a section";
        }
        return value instanceof String text ? '"' + text + '"' : value.toString();
    }

    private static String shortened(String text) {
        String line = firstLine(text);
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
