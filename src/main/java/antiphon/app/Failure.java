package antiphon.app;

import antiphon.bench.BenchException;
import antiphon.config.ConfigException;
import antiphon.config.Nearest;
import antiphon.corpus.CorpusException;
import antiphon.judge.JudgeException;
import antiphon.live.JournalException;
import antiphon.midi.MidiException;
import antiphon.model.ModelException;
import antiphon.reference.ReferenceException;
import antiphon.train.TrainException;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a line for people and an exit status. */
final class Failure {
    static final int FAILED = 1;
    static final int PORT_UNAVAILABLE = 69;
    static final int BAD_CONFIGURATION = 78;

    private Failure() {}

    /** A command line that is not understood: prints what is wrong, then where the help is. */
    static int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        System.err.println(Shown.line(said(failure, args)));
        System.err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** What is wrong: first what is not known at all, with the nearest right name, for that explains the rest. */
    private static String said(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unknown(command, unmatched.getUnmatched().getFirst());
        }
        if (failure instanceof MissingParameterException) {
            for (String argument : args) {
                if (argument.equals("--")) {
                    break;
                }
                if (argument.startsWith("--") && !options(command).contains(name(argument))) {
                    return unknown(command, argument);
                }
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static String unknown(CommandLine command, String argument) {
        Set<String> commands = command.getSubcommands().keySet();
        if (argument.startsWith("-")) {
            return argument + ": no such option" + meant(name(argument), options(command));
        }
        return commands.isEmpty()
                ? argument + ": one word too many."
                : argument + ": no such command" + meant(argument, commands);
    }

    private static String meant(String written, Set<String> known) {
        String nearest = Nearest.to(written.toLowerCase(Locale.ROOT), known);
        return nearest == null ? "." : "; did you mean " + nearest + "?";
    }

    private static Set<String> options(CommandLine command) {
        return command.getCommandSpec().optionsMap().keySet();
    }

    /** An option without the value behind its {@code =}. */
    private static String name(String argument) {
        int end = argument.indexOf('=');
        return end < 0 ? argument : argument.substring(0, end);
    }

    /** Anything thrown by a command. A user's mistake is one line; only our own mistakes show where they happened. */
    static int execution(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof PortsUnavailableException) {
            System.err.println(Shown.line(failure.getMessage()));
            return PORT_UNAVAILABLE;
        }
        if (failure instanceof ConfigException wrong) {
            wrong.mistakes().forEach(mistake -> System.err.println(Shown.line(mistake)));
            return BAD_CONFIGURATION;
        }
        if (failure instanceof MidiException
                || failure instanceof ModelException
                || failure instanceof CorpusException
                || failure instanceof ReferenceException
                || failure instanceof TrainException
                || failure instanceof JudgeException
                || failure instanceof BenchException
                || failure instanceof JournalException
                || failure instanceof UserException) {
            String message = String.valueOf(failure.getMessage());
            System.err.println(Shown.line(message));
            // One that begins with an option is about the command line, whoever found it.
            return message.startsWith("--") ? CommandLine.ExitCode.USAGE : FAILED;
        }
        System.err.println("antiphon: this is a bug in antiphon. Please report it with the lines that follow.");
        failure.printStackTrace(System.err);
        return FAILED;
    }
}
