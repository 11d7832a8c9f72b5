package antiphon.app;

import antiphon.config.Config;
import antiphon.config.ConfigReader;
import antiphon.config.Setting;
import antiphon.config.SettingsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that reads settings, and the values that the command's other options set. */
class SettingsOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings to read instead of the usual antiphon.toml.")
    private @Nullable Path file;

    private final Map<String, String> flags = new TreeMap<>();
    private Config plain = Config.standard();

    /** Sets a value that overrides the file and the environment; null, for an option that was not given, sets nothing. */
    final void put(String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    /** The same for an option that can be given several times. */
    final void putList(Setting<List<String>> setting, @Nullable List<String> values) {
        put(setting.id(), values == null ? null : setting.format(values));
    }

    /** All settings, overridden by the options given. Prints the reader's warnings. */
    final Config load() {
        ConfigReader.Reading reading = read();
        reading.warnings().forEach(System.err::println);
        plain = reading.plain();
        return reading.config();
    }

    /** What {@link #load} read last, without the preset. */
    final Config plain() {
        return plain;
    }

    /** The same, with the origin of each value, and without printing. */
    final ConfigReader.Reading read() {
        addFlags();
        return ConfigReader.read(file(), System.getenv(), flags, Installation.presets());
    }

    /** The file that is read; empty if there is none. */
    final Optional<Path> file() {
        return file == null ? SettingsFile.find(Installation.home(), System.getenv()) : Optional.of(file);
    }

    /** Adds what was given by further options. */
    void addFlags() {}
}
