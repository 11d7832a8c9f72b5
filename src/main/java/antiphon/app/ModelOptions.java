package antiphon.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that needs a network. */
class ModelOptions extends SettingsOptions {
    @Option(names = "--model", paramLabel = "FILE", description = "The network to use (.safetensors).")
    private @Nullable String model;

    @Override
    void addFlags() {
        // As typed, it is relative to where the user is, not to where we are installed.
        put("model.file", model == null ? null : Path.of(model).toAbsolutePath().toString());
    }
}
