package antiphon.app;

import java.nio.file.Path;
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

    /** Sets a value over the file's and the environment's. */
    final void put(String key, String value) {
        flags.put(key, value);
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
