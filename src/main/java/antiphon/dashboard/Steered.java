package antiphon.dashboard;

import antiphon.config.Presets;
import antiphon.remote.Controllers;
import java.util.function.Supplier;

/**
 * What the page shows of presets and controllers.
 *
 * @param preset the name of the one that was chosen last, or empty; asked often, by any thread
 */
public record Steered(Presets presets, Supplier<String> preset, Controllers controllers) {}
