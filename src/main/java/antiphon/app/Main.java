package antiphon.app;

import antiphon.midi.audio.NoPreferences;
import antiphon.midi.open.Backends;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the program starts. {@code antiphon} alone means {@code antiphon run}. */
@Command(
        name = "antiphon",
        description = "A real-time MIDI improviser: play a keyboard, and it answers.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {"", "Without a command: run. New here? Try: antiphon demo"},
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            RehearseCommand.class,
            GenerateCommand.class,
            ImportCommand.class,
            PrepareCommand.class,
            TrainCommand.class,
            EvalCommand.class,
            ReferenceCommand.class,
            ModelCommand.class,
            PortsCommand.class,
            PanicCommand.class,
            BenchCommand.class,
            StatusCommand.class,
            ConfigCommand.class,
            OrderCommands.Set.class,
            OrderCommands.Get.class,
            OrderCommands.Do.class,
            OrderCommands.Keep.class,
            ReplayCommand.class,
            TakesCommand.class
        })
public final class Main implements Runnable {
    private Main() {}

    public static void main(String[] args) {
        UserHome.settle();
        NoPreferences.install();
        boolean runs = args.length == 0 || args[0].equals("run");
        if (runs) {
            Backends.preload();
            System.exit(runOnly().execute(args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length)));
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return handled(new CommandLine(new Main()));
    }

    /** Only the command {@code run}, which must start fast: picocli takes time to look at all others. */
    static CommandLine runOnly() {
        return handled(new CommandLine(new RunCommand()).setCommandName("antiphon run"));
    }

    private static CommandLine handled(CommandLine command) {
        return command.setParameterExceptionHandler(Failure::usage)
                .setExecutionExceptionHandler(Failure::execution)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
