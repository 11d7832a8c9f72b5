package antiphon.app;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code antiphon learn}. */
@Command(
        name = "learn",
        description = {
            "Bind a controller of your MIDI keyboard to a setting of the running antiphon: the next one that you move. Without"
                    + " SETTING, show what is bound.",
            "It is kept for the next start. While it is bound the controller is not passed on by thru."
        },
        mixinStandardHelpOptions = true)
final class LearnCommand implements Callable<Integer> {
    @Mixin
    private AskOptions asked;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SETTING", description = "For example play.boldness.")
    private @Nullable String id;

    @Option(names = "--cc", paramLabel = "N", description = "This controller, without moving it.")
    private @Nullable Integer controller;

    @Option(names = "--channel", paramLabel = "N", description = "The MIDI channel of --cc, 1 to 16. Default: 1.")
    private int channel = 1;

    @Option(names = "--forget", description = "No controller moves SETTING any more.")
    private boolean forget;

    @Override
    public Integer call() {
        if (id == null && (forget || controller != null)) {
            throw new ParameterException(
                    spec.commandLine(), "learn: no setting; allowed: learn SETTING --cc N, or learn SETTING --forget.");
        }
        if (forget) {
            return OrderCommands.ask(asked, "unlearn " + id);
        }
        String order = controller == null ? "learn " + id : "bind " + id + " " + channel + " " + controller;
        return OrderCommands.ask(asked, id == null ? "controllers" : order);
    }
}
