package antiphon.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that plays: they override the environment, which overrides the file. */
final class PlayOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings to read instead of the usual antiphon.toml.")
    private @Nullable Path file;

    @Option(names = "--mode", paramLabel = "call|continue", description = "How to take part.")
    private @Nullable String mode;

    @Option(names = "--model", paramLabel = "FILE", description = "The network to play with (.safetensors).")
    private @Nullable String model;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same input: same answer. 0 takes a new one.")
    private @Nullable String seed;

    @Option(names = "--temperature", paramLabel = "T", description = "Below 1 plays more surely, above 1 more wildly.")
    private @Nullable String temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "Draw only from the likeliest values with this mass.")
    private @Nullable String topP;

    @Option(names = "--channel", paramLabel = "N", description = "MIDI channel of the answers, 1 to 16.")
    private @Nullable String channel;

    private final Map<String, String> others = new TreeMap<>();

    /** Adds a flag that only one command has. */
    void put(String key, String value) {
        others.put(key, value);
    }

    /** All settings, with these options on top. */
    Config load() {
        Map<String, String> flags = new TreeMap<>();
        put(flags, "play.mode", mode);
        put(flags, "play.seed", seed);
        put(flags, "play.temperature", temperature);
        put(flags, "play.top-p", topP);
        put(flags, "midi.out.channel", channel);
        if (model != null) {
            // As typed, it is relative to where the user is, not to where we are installed.
            flags.put("model.file", Path.of(model).toAbsolutePath().toString());
        }
        // Last: what a command is made for is not for options to change.
        flags.putAll(others);
        Optional<Path> settings = file == null ? Config.find(Installation.home(), System.getenv()) : Optional.of(file);
        return Config.load(settings, System.getenv(), flags);
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
