package antiphon.app;

import antiphon.midi.audio.NoPreferences;
import antiphon.midi.open.Backends;
import java.util.Arrays;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the program starts. {@code antiphon} alone means {@code antiphon run --page}. */
@Command(
        name = "antiphon",
        description = "A real-time MIDI improviser: play a keyboard, and it answers.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {
            "",
            "Without a command: run with the page in the browser, and the options of run. New here? Just start it: antiphon"
        },
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
            ReleaseCommand.class,
            BenchCommand.class,
            StatusCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            ServiceCommand.class,
            OrderCommands.Set.class,
            OrderCommands.Get.class,
            OrderCommands.Do.class,
            OrderCommands.Keep.class,
            PresetCommand.class,
            LearnCommand.class,
            ReplayCommand.class,
            TakesCommand.class,
            CompletionCommand.class,
            ManCommand.class
        })
public final class Main implements Runnable {
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private Main() {}

    public static void main(String[] args) {
        UserHome.settle();
        NoPreferences.install();
        if (runs(args)) {
            QueuedOutput.replaceStandard();
            Backends.preload();
            boolean named = args.length > 0 && args[0].equals("run");
            int status = execute(runOnly(!named), named ? Arrays.copyOfRange(args, 1, args.length) : args);
            QueuedOutput.awaitStandard();
            System.exit(status);
        }
        System.exit(ReleaseCommand.isPlain(args) ? ReleaseCommand.start(args) : execute(commandLine(), args));
    }

    /** What is too large is a file's fault or the machine's, not ours: a line says so. */
    private static int execute(CommandLine command, String... args) {
        try {
            return command.execute(args);
        } catch (OutOfMemoryError tooLarge) {
            System.err.println("antiphon: not enough memory for this (" + tooLarge.getMessage()
                    + "). Give it less to read, or more memory, as with ANTIPHON_JAVA_OPTS=-Xmx4g");
            return Failure.FAILED;
        }
    }

    /** True for the command {@code run}, for nothing at all, and for options of {@code run} without the word. */
    static boolean runs(String... args) {
        return args.length == 0 || args[0].equals("run") || (args[0].startsWith("-") && !OWN_OPTIONS.contains(args[0]));
    }

    static CommandLine commandLine() {
        return handled(new CommandLine(new Main()));
    }

    /**
     * Only the command {@code run}, which must start fast: picocli takes time to look at all others.
     *
     * @param page the page is served if no option says otherwise
     */
    static CommandLine runOnly(boolean page) {
        return handled(new CommandLine(new RunCommand(page)).setCommandName("antiphon run"));
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
