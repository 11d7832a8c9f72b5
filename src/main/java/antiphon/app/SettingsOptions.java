package antiphon.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that reads settings, and what a command itself sets on top of them. */
class SettingsOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings to read instead of the usual antiphon.toml.")
    private @Nullable Path file;

    private final Map<String, String> flags = new TreeMap<>();

    /** Sets a value over the file's and the environment's; null, for what was not given, sets nothing. */
    final void put(String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    /** The same for an option that can be given several times. */
    final void putList(String key, @Nullable List<String> values) {
        put(key, values == null ? null : Config.list(values));
    }

    /** All settings, with the flags on top. */
    final Config load() {
        addFlags();
        Optional<Path> settings = file == null ? Config.find(Installation.home(), System.getenv()) : Optional.of(file);
        return Config.load(settings, System.getenv(), flags);
    }

    /** Adds what was given by further options. */
    void addFlags() {}
}
