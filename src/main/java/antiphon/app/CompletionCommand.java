package antiphon.app;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/**
 * {@code antiphon completion}: what makes a shell complete our commands, options and files. The package installs both; who
 * has a clone can have them too.
 */
@Command(
        name = "completion",
        description = "Print what makes a shell complete antiphon's commands and options, as in: source <(antiphon"
                + " completion bash). The Debian package has done so.",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
    /** The shells that we know. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Override
    public void run() {
        CommandLine model = model();
        System.out.print(shell == Shell.zsh ? new ZshCompletion(model).text() : bash(model));
    }

    /** All commands; the options of {@code run} are also those of the program itself, as {@link Main#runs} has it. */
    static CommandLine model() {
        CommandLine model = Main.commandLine();
        CommandSpec own = model.getCommandSpec();
        for (OptionSpec option : Main.runOnly(true).getCommandSpec().options()) {
            if (!own.optionsMap().containsKey(option.longestName())) {
                own.addOption(OptionSpec.builder(option).build());
            }
        }
        return model;
    }

    static String bash(CommandLine model) {
        return AutoComplete.bash(model.getCommandName(), model);
    }
}
