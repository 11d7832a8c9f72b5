package antiphon.app;

import antiphon.bench.BenchException;
import antiphon.config.ConfigException;
import antiphon.corpus.CorpusException;
import antiphon.judge.JudgeException;
import antiphon.live.JournalException;
import antiphon.midi.MidiException;
import antiphon.model.ModelException;
import antiphon.reference.ReferenceException;
import antiphon.train.TrainException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into a line for people and an exit status. */
final class Failure {
    static final int FAILED = 1;
    static final int PORT_UNAVAILABLE = 69;
    static final int BAD_CONFIGURATION = 78;

    private Failure() {}

    /** A command line that is not understood: prints what is wrong, then where the help is. */
    static int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        System.err.println(Shown.line(failure.getMessage()));
        System.err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Anything thrown by a command. A user's mistake is one line; only our own mistakes show where they happened. */
    static int execution(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof PortsUnavailableException) {
            System.err.println(Shown.line(failure.getMessage()));
            return PORT_UNAVAILABLE;
        }
        if (failure instanceof ConfigException) {
            System.err.println(Shown.line(failure.getMessage()));
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
            System.err.println(Shown.line(failure.getMessage()));
            return FAILED;
        }
        System.err.println("antiphon: this is a bug in antiphon. Please report it with the lines that follow.");
        failure.printStackTrace(System.err);
        return FAILED;
    }
}
