package antiphon.config;

import antiphon.Amount;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Gathers the values of the settings from file, environment and flags, and every mistake on the way. Later sources
 * override earlier ones; a mistake counts even if a later source overrides it.
 */
public final class ConfigReader {
    /** Variables of the launcher, which are not settings. */
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("ANTIPHON_JAVA_HOME", "ANTIPHON_JAVA_OPTS", "ANTIPHON_BUILD");

    private static final int MAX_MISTAKES = 20;
    private static final int MAX_DESCRIPTION = 200;
    private static final String COMMAND_LINE = "command line";
    private static final String DESCRIPTION = "description";

    private final Map<String, Setting<?>> byId = new TreeMap<>();
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Map<Setting<?>, String> origins = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** The settings that the present source sets under their present names, which override former names. */
    private final Set<Setting<?>> named = new HashSet<>();

    /** What a preset says of itself; null in a file of settings, which says nothing. */
    private @Nullable String description;

    private ConfigReader() {
        for (Setting<?> setting : SettingTable.ALL) {
            byId.put(setting.id(), setting);
        }
    }

    /**
     * What was read. Immutable.
     *
     * @param plain the same without the preset: what its settings go back to when another is chosen
     * @param origins where the value of each setting comes from: {@code FILE:LINE}, {@code environment VARIABLE}, {@code
     *     preset NAME} or {@code command line}; none for a setting that nobody set
     * @param warnings for people, one line each: values that work but should be written in another way
     */
    public record Reading(Config config, Config plain, Map<Setting<?>, String> origins, List<String> warnings) {
        public Reading {
            origins = Map.copyOf(origins);
            warnings = List.copyOf(warnings);
        }

        /** Where the value of this setting comes from; {@code default} if nobody set it. */
        public String origin(Setting<?> setting) {
            return origins.getOrDefault(setting, "default");
        }
    }

    /** The same where there are no presets. */
    public static Reading read(Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return read(file, environment, flags, PresetsByName.NONE);
    }

    /**
     * Reads the settings: flags override the preset, which overrides the environment, which overrides the file.
     *
     * @param file none for the standard values
     * @param environment all variables; those that do not start with {@code ANTIPHON_} are ignored,
     *     and those that name no setting are a warning
     * @param flags values as typed, by the setting's id ({@code play.top-p})
     * @param presets those that {@link SteerSetting#PRESET} may name
     * @throws ConfigException naming every mistake in any of them, with file and line
     */
    public static Reading read(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags, PresetsByName presets) {
        ConfigReader reader = new ConfigReader();
        file.ifPresent(reader::readFile);
        reader.readEnvironment(environment);
        Map<Setting<?>, Object> before = new HashMap<>(reader.values);
        Map<Setting<?>, Object> added = reader.takePreset(flags, presets);
        reader.readFlags(flags);
        if (!reader.mistakes.isEmpty()) {
            throw new ConfigException(reader.firstMistakes());
        }
        Map<Setting<?>, Object> plain = new HashMap<>(reader.values);
        for (Setting<?> setting : added.keySet()) {
            if (!flags.containsKey(setting.id())) {
                plain.put(setting, before.getOrDefault(setting, setting.standard()));
            }
        }
        return new Reading(Config.of(reader.values), Config.of(plain), reader.origins, reader.warnings);
    }

    /** Takes over the preset to start with, if there is one. Returns what it sets. */
    private Map<Setting<?>, Object> takePreset(Map<String, String> flags, PresetsByName presets) {
        Setting<String> start = SteerSetting.PRESET;
        String flag = flags.get(start.id());
        String name = flag == null ? (String) values.getOrDefault(start, "") : flag;
        if (name.isBlank() || !start.type().allows(name)) {
            return Map.of();
        }
        name = name.strip();
        if (!presets.names().contains(name)) {
            String where = flag == null ? origins.getOrDefault(start, "") : COMMAND_LINE;
            mistakes.add(where + ": " + start.id() + " = " + ConfigException.shortened(name) + "; allowed: "
                    + (presets.names().isEmpty() ? "none" : String.join(", ", presets.names())) + ".");
            return Map.of();
        }
        try {
            Preset preset = presets.named(name);
            values.putAll(preset.values());
            String origin = "preset " + name;
            preset.values().keySet().forEach(setting -> origins.put(setting, origin));
            return preset.values();
        } catch (ConfigException wrong) {
            mistakes.addAll(wrong.mistakes());
            return Map.of();
        }
    }

    /**
     * Reads a preset.
     *
     * @throws ConfigException naming every mistake in it, with file and line
     */
    static Preset preset(String name, Path file) {
        ConfigReader reader = new ConfigReader();
        reader.description = "";
        reader.readFile(file);
        for (Setting<?> setting : reader.values.keySet()) {
            if (LiveSettings.control(setting).isEmpty()) {
                reader.mistakes.add(
                        reader.origins.get(setting) + ": " + setting.id()
                                + ": cannot be in a preset; allowed: settings that can change while playing, but not model.file.");
            }
        }
        if (reader.mistakes.isEmpty() && reader.description.isBlank()) {
            reader.mistakes.add(file + ": description: missing; allowed: a line that says what the preset does.");
        }
        if (!reader.mistakes.isEmpty()) {
            throw new ConfigException(reader.firstMistakes());
        }
        return new Preset(name, file, reader.description, reader.values);
    }

    private void describe(String where, Object value) {
        if (value instanceof String text
                && text.length() <= MAX_DESCRIPTION
                && text.lines().count() == 1) {
            description = text.strip();
        } else {
            mistakes.add(where + ": description = " + ConfigException.shortened(shown(value))
                    + "; allowed: one line, at most " + MAX_DESCRIPTION + " letters.");
        }
    }

    /** Nobody reads thousands of lines: a file of something else has as many. */
    private List<String> firstMistakes() {
        if (mistakes.size() <= MAX_MISTAKES) {
            return mistakes;
        }
        List<String> first = new ArrayList<>(mistakes.subList(0, MAX_MISTAKES));
        first.add("settings: " + Amount.of(mistakes.size() - MAX_MISTAKES, "more mistake") + ". Mend these first.");
        return first;
    }

    private void readFile(Path file) {
        String text;
        try {
            text = SettingsFile.read(file);
        } catch (CharacterCodingException broken) {
            mistakes.add(file + ": not UTF-8 text; allowed: a TOML file in UTF-8.");
            return;
        } catch (SettingsFile.TooLongException other) {
            mistakes.add(file + ": " + other.getMessage() + "; allowed: a TOML file of settings. Check the name.");
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

    /**
     * A variable that is not ours is no mistake: container engines set {@code ANTIPHON_PORT} and others for a service
     * that is called antiphon.
     */
    private void readEnvironment(Map<String, String> environment) {
        named.clear();
        List<String> strangers = new ArrayList<>();
        Map<String, Setting<?>> byVariable = new TreeMap<>();
        byId.values().forEach(setting -> byVariable.put(setting.variable(), setting));
        Map<String, String> formerIds = new HashMap<>();
        SettingTable.FORMER.keySet().forEach(id -> formerIds.put(Setting.variable(id), id));
        new TreeMap<>(environment).forEach((variable, text) -> {
            String where = "environment " + variable;
            Setting<?> setting = byVariable.get(variable);
            String formerId = formerIds.get(variable);
            if (setting != null) {
                takeText(where, setting.id(), setting, text);
            } else if (formerId != null) {
                takeText(where, formerId, Objects.requireNonNull(SettingTable.FORMER.get(formerId)), text);
            } else if (variable.startsWith("ANTIPHON_") && !LAUNCHER_VARIABLES.contains(variable)) {
                String nearest = Nearest.to(variable, byVariable.keySet());
                if (nearest == null) {
                    strangers.add(variable);
                } else {
                    warnings.add(where + ": no such setting; did you mean " + nearest + "? It is ignored.");
                }
            }
        });
        if (!strangers.isEmpty()) {
            warnings.add("environment " + String.join(", ", strangers) + ": "
                    + (strangers.size() == 1 ? "no such setting. It is" : "no such settings. They are") + " ignored.");
        }
    }

    /** @param flags by the id of the setting that each flag sets */
    private void readFlags(Map<String, String> flags) {
        named.clear();
        new TreeMap<>(flags).forEach((id, text) -> {
            Setting<?> setting = byId.get(id);
            if (setting == null) {
                unknown(COMMAND_LINE, id, byId.keySet());
            } else {
                takeText(COMMAND_LINE, id, setting, text);
            }
        });
    }

    private void readTable(Path file, TomlTable table, List<String> parents) {
        for (String name : table.keySet()) {
            List<String> path = new ArrayList<>(parents);
            path.add(name);
            String key = String.join(".", path);
            Object value = Objects.requireNonNull(table.get(List.of(name)));
            String where = file + lineOf(table, name);
            Setting<?> setting = byId.getOrDefault(key, SettingTable.FORMER.get(key));
            if (description != null && key.equals(DESCRIPTION)) {
                describe(where, value);
            } else if (setting != null) {
                takeToml(where, key, setting, value);
            } else if (value instanceof TomlTable section && (isSection(key) || !section.isEmpty())) {
                readTable(file, section, path);
            } else if (!isSection(key)) {
                unknown(where, key, byId.keySet());
            } else {
                mistakes.add(where + ": " + key + " = " + shown(value) + "; allowed: a section, [" + key + "].");
            }
        }
    }

    private boolean isSection(String key) {
        return byId.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
    }

    private static String lineOf(TomlTable table, String name) {
        TomlPosition position = table.inputPositionOf(List.of(name));
        return position == null ? "" : ":" + position.line();
    }

    private <T> void takeToml(String where, String key, Setting<T> setting, Object value) {
        take(where, key, setting, setting.type().fromToml(value), shown(value));
    }

    private <T> void takeText(String where, String key, Setting<T> setting, String text) {
        take(where, key, setting, setting.type().fromText(text), text);
    }

    /** @param key what the setting is called at that place: its id or a former name */
    private <T> void take(String where, String key, Setting<T> setting, @Nullable T value, String found) {
        boolean former = !key.equals(setting.id());
        if (former) {
            warnings.add(where + ": " + key + " is now " + setting.id() + "; please rename it.");
        }
        if (value == null || !setting.type().allows(value)) {
            mistakes.add(where + ": " + setting.type().mistake(key, found, value != null));
            return;
        }
        if (former && named.contains(setting)) {
            return;
        }
        if (!former) {
            named.add(setting);
        }
        values.put(setting, value);
        origins.put(setting, where);
    }

    private void unknown(String where, String key, Set<String> known) {
        mistakes.add(where + ": " + noSuch(key, known));
    }

    /** The message for an id that no setting has. */
    public static String unknown(String id) {
        return noSuch(id, SettingTable.ALL.stream().map(Setting::id).collect(Collectors.toSet()));
    }

    private static String noSuch(String key, Set<String> known) {
        String nearest = Nearest.to(key, known);
        String advice =
                nearest == null ? "every key is explained in config/antiphon.toml." : "did you mean " + nearest + "?";
        return key + ": no such setting; " + advice;
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

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
