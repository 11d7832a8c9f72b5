package antiphon.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers that an option allows. */
final class OptionBounds {
    private OptionBounds() {}

    /** @throws ParameterException if the value is not within the bounds, both of which are allowed */
    static void require(CommandSpec command, String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    command.commandLine(), option + " " + value + ": allowed: " + min + " to " + max + ".");
        }
    }
}
