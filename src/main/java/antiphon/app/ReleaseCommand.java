package antiphon.app;

import antiphon.Amount;
import antiphon.live.LeftNotes;
import antiphon.live.LeftNotes.Outcome;
import antiphon.midi.MidiBackend;
import antiphon.midi.MidiException;
import antiphon.midi.PortInfo;
import antiphon.midi.open.Backends;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code antiphon release}: ends what an antiphon that was killed left sounding. A service manager runs it when the service
 * has ended. It reads no settings: the programs wrote down what is needed.
 */
@Command(
        name = ReleaseCommand.NAME,
        description = "End what an antiphon that was killed left sounding, wherever it was connected.",
        mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
    static final String NAME = "release";
    static final String GUARD = "--guard";

    private static final String CLIENT = "antiphon-release";
    private static final PortInfo NOBODY = new PortInfo("antiphon-release:nobody", false, true);

    @Option(
            names = GUARD,
            paramLabel = "BACKEND",
            description = "Do it when the standard input ends, as it does when whoever started this is killed.")
    private @Nullable String guarded;

    @Override
    public Integer call() throws IOException {
        return guarded == null ? release() : guard(guarded);
    }

    /** True if {@link #start} knows these arguments. */
    static boolean isPlain(String... args) {
        return args.length > 0
                && args[0].equals(NAME)
                && (args.length == 1 || (args.length == 3 && args[1].equals(GUARD)));
    }

    /** The command without picocli, which takes longer to start than this takes to run. */
    static int start(String... args) {
        try {
            return args.length == 1 ? release() : guard(args[2]);
        } catch (IOException failure) {
            System.err.println("release: " + Shown.line(failure.getMessage()) + "; a standard input needed.");
            return Failure.FAILED;
        }
    }

    /** Waits beside a program that may be killed, and has done before what it will have to do then: that is fast. */
    private static int guard(String backend) throws IOException {
        rehearse(backend);
        while (System.in.read() >= 0) {
            // Nobody has anything to say.
        }
        return release();
    }

    private static void rehearse(String name) {
        try (MidiBackend backend = Backends.open(name, CLIENT)) {
            backend.start();
            backend.list();
            backend.sendOnly(NOBODY, new int[0]);
        } catch (MidiException notNow) {
            // Then the first time is slower.
        }
    }

    private static int release() {
        Backends.preload();
        int status = 0;
        try (LeftNotes left = new LeftNotes(backend -> Backends.open(backend.isEmpty() ? "auto" : backend, CLIENT))) {
            for (Path file : Installation.allHeldNotes()) {
                for (Outcome outcome : left.release(file)) {
                    status = Math.max(status, report(outcome));
                }
            }
        } catch (IOException failure) {
            System.err.println("release: " + Shown.line(failure.getMessage())
                    + "; a file that can be read and written is needed. Run: antiphon panic");
            return Failure.FAILED;
        }
        return status;
    }

    private static int report(Outcome outcome) {
        if (!outcome.failure().isEmpty()) {
            System.err.println(Shown.line(outcome.failure()));
            return Failure.PORT_UNAVAILABLE;
        }
        System.out.println(
                "released " + Amount.of(outcome.messages(), "end") + " at " + Shown.line(outcome.receiver()));
        return 0;
    }
}
