package antiphon.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that needs a network. */
class ModelOptions extends SettingsOptions {
    @Option(names = "--model", paramLabel = "FILE", description = "The network to use (.safetensors).")
    private @Nullable String model;

    @Option(
            names = "--precision",
            paramLabel = "f32|f16|int8",
            description = "Precision of its weights in memory: narrower is faster. Default: f16.")
    private @Nullable String precision;

    @Override
    void addFlags() {
        // A path that was typed is relative to the user's folder, not to the installation's.
        put("model.file", model == null ? null : Path.of(model).toAbsolutePath().toString());
        put("model.precision", precision);
    }
}
