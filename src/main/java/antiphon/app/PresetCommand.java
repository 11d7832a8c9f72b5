package antiphon.app;

import antiphon.config.Preset;
import antiphon.config.Presets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code antiphon preset}. */
@Command(
        name = "preset",
        description = "Let the running antiphon be another partner; without NAME, list the presets there are.",
        mixinStandardHelpOptions = true)
final class PresetCommand implements Callable<Integer> {
    @Mixin
    private AskOptions asked;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "For example ballad.")
    private @Nullable String name;

    @Override
    public Integer call() {
        return name == null ? list() : OrderCommands.ask(asked, "preset " + name);
    }

    private static int list() {
        Presets.Listing listing = Installation.presets().all();
        int width = listing.presets().stream()
                .mapToInt(preset -> preset.name().length())
                .max()
                .orElse(0);
        for (Preset preset : listing.presets()) {
            System.out.println(
                    preset.name() + " ".repeat(width - preset.name().length()) + "  " + preset.description());
        }
        listing.mistakes().forEach(System.err::println);
        return listing.mistakes().isEmpty() ? 0 : Failure.FAILED;
    }
}
